"""Swin: attention in windows that every other layer shifts, and stages that
halve the image and double the width; torchvision's module."""

from torchvision.models.swin_transformer import SwinTransformer

from exportable import image_classifier

WINDOW = 7


def build(shape, lengths):
    stages = len(shape.stages)
    module = SwinTransformer(
        patch_size=[shape.patch_size] * 2,
        embed_dim=shape.hidden,
        depths=list(shape.stages),
        num_heads=[shape.heads * 2**stage for stage in range(stages)],
        window_size=[WINDOW, WINDOW],
        mlp_ratio=shape.intermediate / shape.hidden,
        num_classes=shape.labels,
    )
    return image_classifier(module, shape, lengths)
