"""Transformers in plain torch, named as in published checkpoints."""
