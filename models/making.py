"""What the tests of make.py share: small models and values for their inputs."""

import contextlib
import importlib.util
import io
import pathlib

import catalog
import make

HAS_TORCH = all(
    importlib.util.find_spec(name)
    for name in ("torch", "torchvision", "torchaudio", "onnx")
)
HAS_ORACLE = (
    pathlib.Path(__file__).resolve().parent.parent
    / "test"
    / "oracle"
    / "node_modules"
    / "onnxruntime-node"
).exists()
VOCAB = 50
TEXT = "--layers 2 --hidden 32 --heads 4 --seq 6 --vocab 50"
MODELS = {
    "bert-base": TEXT,
    "bert-large": TEXT,
    "gpt2-small": TEXT,
    "llama-like": TEXT + " --kv-heads 2",
    "vit-b16": "--layers 2 --hidden 32 --heads 4 --seq 10",
    "torchvision-vit-b16": "--layers 2 --hidden 32 --heads 4 --seq 10",
    "swin-t": "--layers 4 --hidden 16 --heads 2 --seq 196",
    "wav2vec2-base": "--layers 2 --hidden 48 --heads 4 --seq 6",
    "transformer-encoder": "--layers 2 --hidden 32 --heads 4 --seq 6",
    "transformer": TEXT + " --target-seq 5",
}
WITH_ADAPTERS = {
    name: f"{MODELS[name]} --lora-rank 2"
    for name in ("bert-base", "llama-like", "vit-b16")
}
DECODERS = [
    name for name in MODELS if catalog.PRESETS[name].is_decoder
]
WITH_CACHE = {name: f"{MODELS[name]} --kv-cache 5" for name in DECODERS}
_BERT = f"bert-base {TEXT} --batch 2"
TRAINED = {
    "bert-base step, SGD": f"{_BERT} --train sgd",
    "bert-base step, Adam": f"{_BERT} --train adam",
    "bert-base step, SGD on LoRA": f"{_BERT} --lora-rank 2 --train sgd",
    "vit-b16 step, SGD on LoRA": f"vit-b16 {WITH_ADAPTERS['vit-b16']} "
    "--batch 2 --train sgd",
}
# The files of test/Inputs/exported.
_TINY = "--layers 1 --hidden 16 --heads 2 --vocab 20 --positions 16"
COMMITTED = {
    "bert-lora": f"bert-base {_TINY} --seq 5 --lora-rank 2 --opset 11 "
    "--dynamic",
    "bert-lora-step": f"bert-base {_TINY} --seq 5 --batch 2 --lora-rank 2 "
    "--train adam --opset 17",
    "bert-step": f"bert-base {_TINY} --seq 5 --batch 2 --train sgd --opset 13",
    "gpt2-cache": f"gpt2-small {_TINY} --seq 1 --kv-cache 3 --opset 13 "
    "--dynamic",
    "llama-cache": f"llama-like {_TINY} --heads 4 --kv-heads 2 --seq 5 "
    "--kv-cache 3 --opset 14 --dynamic",
    "swin": "swin-t --layers 2 --hidden 4 --heads 2 --seq 196 --opset 13",
    "transformer": f"transformer {_TINY} --seq 6 --target-seq 5 --opset 11 "
    "--dynamic",
    "wav2vec2": "wav2vec2-base --layers 1 --hidden 24 --heads 2 --seq 4 "
    "--vocab 20 --opset 17 --dynamic",
}
# Other sizes than those that models are made with.
DYNAMIC_SIZES = {
    "batch": 2,
    "seq": 4,
    "past": 7,
    "total": 11,
    "source": 4,
    "target": 3,
    "samples": 1200,
}


def run_make(*arguments):
    """Runs make.py in this process and returns what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        make.run(list(arguments))
    return printed.getvalue()
