"""The vision transformer as torchvision has it (vit_b_16), whose attention is
nn.MultiheadAttention."""

from torchvision.models.vision_transformer import VisionTransformer

from exportable import image_classifier


def build(shape, lengths):
    module = VisionTransformer(
        image_size=shape.image_size,
        patch_size=shape.patch_size,
        num_layers=shape.layers,
        num_heads=shape.heads,
        hidden_dim=shape.hidden,
        mlp_dim=shape.intermediate,
        num_classes=shape.labels,
    )
    return image_classifier(module, shape, lengths)
