"""Models whose weights have shapes and no values, for compilers that need no
more: a file of a few megabytes stands for any number of parameters."""

import contextlib

import onnx
import onnx.numpy_helper
import torch
from torch import nn
from torch.overrides import TorchFunctionMode

# Tensors of more elements have no values. Biases and norms are smaller.
MOST_VALUES = 1 << 16


class _Linear(torch.autograd.Function):
    """A linear layer that is exported as torch's and not computed."""

    @staticmethod
    def forward(_, tokens, weight, bias):
        return tokens.new_zeros(()).expand(*tokens.shape[:-1], len(weight))

    @staticmethod
    def symbolic(graph, tokens, weight, bias):
        transposed = graph.op("Transpose", weight, perm_i=[1, 0])
        product = graph.op("MatMul", tokens, transposed)
        return graph.op("Add", bias, product) if bias else product


class _OneElement(TorchFunctionMode):
    """Makes large tensors of one element that is repeated, which take no
    memory, leaves them as they are when they would be initialized, and does not
    multiply with them."""

    INITIALIZERS = (
        torch.Tensor.normal_,
        torch.Tensor.uniform_,
        torch.Tensor.fill_,
        torch.Tensor.zero_,
        nn.init.kaiming_uniform_,
        nn.init.normal_,
        nn.init.trunc_normal_,
        nn.init.uniform_,
        nn.init.xavier_uniform_,
    )

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func is torch.empty:
            size = torch.Size(
                args[0] if isinstance(args[0], (tuple, list)) else args
            )
            if size.numel() > MOST_VALUES:
                return torch.zeros((), **kwargs).expand(size)
        if func is torch.Tensor.clone and not has_values(args[0]):
            return args[0]
        if func is nn.functional.linear and not has_values(args[1]):
            bias = args[2] if len(args) > 2 else kwargs.get("bias")
            return _Linear.apply(args[0], args[1], bias)
        if func in self.INITIALIZERS:
            tensor = args[0] if args else kwargs["tensor"]
            if not has_values(tensor):
                return tensor
        return func(*args, **kwargs)


def has_values(tensor):
    """Whether the elements of a tensor are more than one that is repeated."""
    return tensor.numel() <= MOST_VALUES or any(tensor.stride())


@contextlib.contextmanager
def without_values():
    """Modules that are made and run in this context have no large values."""
    with _OneElement():
        yield


def export(module, arguments, path, **options):
    """Exports a module that was made and is run without values.

    torch's public exporter folds constants and infers shapes, for both of which
    it writes every element of the weights out.
    """
    with without_values():
        torch.onnx.utils._export(
            module,
            arguments,
            path,
            export_params=False,
            do_constant_folding=False,
            onnx_shape_inference=False,
            **options,
        )


def distinguish(module):
    """Repeats another number in each weight: the exporter takes equal ones for
    one."""
    for index, parameter in enumerate(module.parameters()):
        if not has_values(parameter):
            number = torch.tensor(float(index))
            parameter.data = number.expand(parameter.size())


def move_weights_out(path, name, module):
    """Turns parameters from inputs of the graph, as an export without them has
    it, to initializers: small ones with their values, large ones as external
    data of NAME.weights, which does not exist."""
    model = onnx.load(str(path))
    graph = model.graph
    state = module.state_dict(keep_vars=False)
    inputs = [value for value in graph.input if value.name not in state]
    offset = 0
    for value in graph.input:
        tensor = state.get(value.name)
        if tensor is None:
            continue
        if has_values(tensor):
            initializer = onnx.numpy_helper.from_array(
                tensor.contiguous().numpy(), value.name
            )
        else:
            initializer = _external(value.name, tensor, f"{name}.weights",
                                    offset)
            offset += tensor.numel() * tensor.element_size()
        graph.initializer.append(initializer)
    del graph.input[:]
    graph.input.extend(inputs)
    onnx.save(model, str(path))


def _external(name, tensor, file, offset):
    """A tensor of floats that lies in a file beside the model's."""
    proto = onnx.TensorProto(
        name=name,
        dims=tensor.shape,
        data_type=onnx.TensorProto.FLOAT,
        data_location=onnx.TensorProto.EXTERNAL,
    )
    size = tensor.numel() * tensor.element_size()
    entries = {"location": file, "offset": offset, "length": size}
    for key, value in entries.items():
        proto.external_data.add(key=key, value=str(value))
    return proto
