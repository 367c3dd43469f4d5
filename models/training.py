"""One step of fine-tuning as a function: forward, backward and update.

The parameters that are trained, and what the optimizer keeps for each, are
inputs, and their next values are outputs, so that a step can follow a step.
"""

import operator

import torch
from torch import nn
from torch._decomp import get_decompositions
from torch.fx.experimental.proxy_tensor import make_fx
from torch.nn.utils.stateless import functional_call

import lora
from exportable import Exportable

HEADS = ("classifier", "lm_head")


class SGD:
    """Plain stochastic gradient descent."""

    states = ()

    @staticmethod
    def update(parameter, gradient, states, rate, step):
        return (parameter - rate * gradient,)


class Adam:
    """Adam with torch's defaults."""

    states = ("exp_avg", "exp_avg_sq")
    betas = (0.9, 0.999)
    epsilon = 1e-8

    @classmethod
    def update(cls, parameter, gradient, states, rate, step):
        first, second = cls.betas
        mean = first * states[0] + (1 - first) * gradient
        square = second * states[1] + (1 - second) * gradient * gradient
        unbiased_mean = mean / (1 - torch.pow(first, step))
        unbiased_square = square / (1 - torch.pow(second, step))
        change = unbiased_mean / (unbiased_square.sqrt() + cls.epsilon)
        return parameter - rate * change, mean, square


OPTIMIZERS = {"sgd": SGD, "adam": Adam}


def trained_names(module):
    """All parameters, or the adapters and the head where there are adapters."""
    names = [name for name, _ in module.named_parameters()]
    if not any(lora.is_adapter(name) for name in names):
        return names
    return [
        name
        for name in names
        if lora.is_adapter(name) or name.split(".")[0] in HEADS
    ]


def training_step(exportable, optimizer_name):
    """The exportable whose module is one step for `exportable.module`.

    The loss is the cross entropy of the module's logits and the input
    `labels`.
    """
    optimizer = OPTIMIZERS[optimizer_name]
    module = exportable.module.eval()
    trained = trained_names(module)
    arguments = dict(exportable.arguments)
    logits = module(*arguments.values())
    arguments["labels"] = torch.ones(logits.shape[:-1], dtype=torch.int64)
    count = len(arguments)
    arguments["learning_rate"] = torch.tensor(0.01)
    if optimizer.states:
        arguments["step"] = torch.tensor(1.0)
    parameters = dict(module.named_parameters())
    state = {name: parameters[name].detach() for name in trained}
    for kind in optimizer.states:
        for name in trained:
            state[f"{kind}.{name}"] = torch.zeros_like(parameters[name])
    return Exportable(
        module=_trace(module, trained, optimizer, count, arguments, state),
        arguments={**arguments, **state},
        outputs=["loss", *(f"updated.{name}" for name in state)],
        axes={},
    )


def _trace(module, trained, optimizer, count, arguments, state):
    """Traces the step; the first `count` arguments are the batch."""
    parameters = dict(module.named_parameters())
    frozen = [name for name in parameters if name not in set(trained)]

    def step(*values):
        data, rest = values[: count - 1], values[count - 1 :]
        labels, rate, *rest = rest
        number = rest.pop(0) if optimizer.states else None
        weights = [
            weight.detach().requires_grad_() for weight in rest[: len(trained)]
        ]
        states = rest[len(trained) : len(rest) - len(frozen)]
        fixed = rest[len(rest) - len(frozen) :]
        named = {**dict(zip(trained, weights)), **dict(zip(frozen, fixed))}
        logits = functional_call(module, named, data)
        loss = nn.functional.cross_entropy(
            logits.flatten(0, -2), labels.flatten()
        )
        gradients = torch.autograd.grad(loss, weights)
        updated = [
            optimizer.update(
                weight, gradient, states[index :: len(trained)], rate, number
            )
            for index, (weight, gradient) in enumerate(zip(weights, gradients))
        ]
        # All parameters, then all first states, and so on, as they came in.
        return (loss, *(value for kind in zip(*updated) for value in kind))

    example = [*arguments.values(), *state.values()]
    example += [parameters[name].detach() for name in frozen]
    graph = make_fx(step, decomposition_table=_decompositions())(*example)
    return Step(graph, module, frozen)


class Step(nn.Module):
    """Runs the traced graph with the frozen weights of `model`."""

    def __init__(self, graph, model, frozen):
        super().__init__()
        self.graph = graph
        self.model = model
        self.frozen = frozen

    def forward(self, *arguments):
        weights = map(operator.attrgetter, self.frozen)
        frozen = [get(self.model) for get in weights]
        return PublicOperators(self.graph).run(*arguments, *frozen)


class PublicOperators(torch.fx.Interpreter):
    """Calls torch's public functions for the internal ones that autograd
    records, which the exporter does not know."""

    SUBSTITUTES = {
        torch.ops.aten._softmax.default: lambda x, axis, half: x.softmax(axis),
        torch.ops.aten._log_softmax.default: (
            lambda x, axis, half: x.log_softmax(axis)
        ),
        torch.ops.aten._unsafe_view.default: torch.reshape,
        torch.ops.aten._reshape_alias.default: (
            lambda x, shape, strides: x.reshape(shape)
        ),
        torch.ops.aten._to_copy.default: (
            lambda x, dtype=None, **others: x if dtype is None else x.to(dtype)
        ),
        torch.ops.aten.detach.default: lambda x: x,
    }

    def call_function(self, target, args, kwargs):
        return self.SUBSTITUTES.get(target, target)(*args, **kwargs)


def _decompositions():
    """How operators of the backward pass are written with exportable ones."""
    aten = torch.ops.aten
    table = get_decompositions(
        [
            aten.native_layer_norm_backward,
            aten._softmax_backward_data,
            aten._log_softmax_backward_data,
            aten.gelu_backward,
            aten.silu_backward,
            aten.tanh_backward,
            aten.nll_loss_backward,
            aten.nll_loss_forward,
        ]
    )
    table[aten.embedding_dense_backward.default] = _embedding_backward
    table[aten.select_backward.default] = _select_backward
    table[aten.slice_backward.default] = _slice_backward
    return table


def _embedding_backward(gradient, ids, rows, padding, is_scaled):
    """A product with one-hot rows, since adding into rows that occur more than
    once has no form in the older operator sets."""
    one_hot = ids.reshape(-1, 1) == torch.arange(rows)
    gradient = gradient.reshape(-1, gradient.size(-1))
    return one_hot.to(gradient.dtype).t() @ gradient


def _select_backward(gradient, sizes, axis, index):
    axis, index = axis % len(sizes), index % sizes[axis]
    after = sizes[axis] - index - 1
    return _pad(gradient.unsqueeze(axis), len(sizes), axis, index, after)


def _slice_backward(gradient, sizes, axis, start, end, step):
    if step != 1:
        raise NotImplementedError("the gradient of a slice with a step")
    axis %= len(sizes)
    length = sizes[axis]
    start = min(max(start + length if start < 0 else start, 0), length)
    after = length - start - gradient.size(axis)
    return _pad(gradient, len(sizes), axis, start, after)


def _pad(tensor, rank, axis, before, after):
    padding = [0, 0] * rank
    padding[2 * (rank - 1 - axis)] = before
    padding[2 * (rank - 1 - axis) + 1] = after
    return torch.ops.aten.constant_pad_nd(tensor, padding)
