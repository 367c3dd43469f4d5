//===- NNKernels.td - products, attention, normalization ------------------===//
//
// The ops in which a transformer spends its time.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNKERNELS_TD
#define ATLEUS_NN_NNKERNELS_TD

include "dialects/NN/NNBase.td"

def NN_LinearOp : NN_InferredOp<"linear"> {
  let summary = "product with a parameter, and bias";
  let description = [{
    result[..., n] = sum over k of input[..., k] * weight[k, n] + bias[n].

    The weight is a parameter: it does not depend on the model's inputs, so a
    crossbar can hold it. With `transposed` the weight is stored as [n, k]. If
    input and weight are quantized the product is exact in integers and then
    scaled; the result and the bias are floats.

    Constraints:
    - C1: the weight has two dimensions.
    - C2: the input's last dimension is the weight's k.
    - C3: the bias has one dimension of n elements of the result's type.
    - C4: input and weight are both floats of one type or both quantized and
      express one type, or the weight is of a codebook that expresses the input's
      type.

    ```mlir
    func.func @main(%x: tensor<1x4x8xf32>) -> tensor<1x4x16xf32> {
      %w = nn.constant dense<0.5> : tensor<8x16xf32>
      %b = nn.constant dense<0.1> : tensor<16xf32>
      %y = nn.linear %x, %w bias %b {nn.name = "query"}
          : (tensor<1x4x8xf32>, tensor<8x16xf32>, tensor<16xf32>)
          -> tensor<1x4x16xf32>
      return %y : tensor<1x4x16xf32>
    }
    ```
  }];
  let arguments = (ins NN_RealTensor:$input, NN_WeightTensor:$weight,
                       Optional<NN_FloatTensor>:$bias, UnitAttr:$transposed);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? attr-dict
    `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// Length of the dimension that is summed over.
    int64_t getInnerSize();
    /// Number of result features.
    int64_t getFeatures();
    /// Number of input vectors: the product of the leading dimensions.
    int64_t getVectors();
  }];
}

def NN_MatMulOp : NN_InferredOp<"matmul"> {
  let summary = "product of two computed operands";
  let description = [{
    Matrices are the last two dimensions; the leading ones are broadcast. With
    `transpose_rhs` the right operand's matrices are [n, k]. Quantized operands
    give a float result, as in `nn.linear`.

    Constraints:
    - C1: both operands have two dimensions or more.
    - C2: the inner dimensions are equal.
    - C3: the leading dimensions broadcast.
    - C4: the operands are both numbers of one type or both quantized and
      express one type.

    ```mlir
    func.func @main(%a: tensor<2x4x8xf32>, %b: tensor<2x6x8xf32>)
        -> tensor<2x4x6xf32> {
      %y = nn.matmul %a, %b {transpose_rhs}
          : (tensor<2x4x8xf32>, tensor<2x6x8xf32>) -> tensor<2x4x6xf32>
      return %y : tensor<2x4x6xf32>
    }
    ```
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs,
                       UnitAttr:$transpose_rhs);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
}

def NN_AttentionOp : NN_InferredOp<"attention"> {
  let summary = "scaled dot-product attention of several heads";
  let description = [{
    For each head: softmax(`scale` * Q K^T + mask) V (Vaswani et al., arXiv
    1706.03762). Operands are token-major: query [batch..., tokens, heads * d],
    key and value [batch..., tokens, kv_heads * d]. A group of heads / kv_heads
    query heads shares one head of key and value (arXiv 2305.13245). `mask` is
    added to the scores and broadcasts to [batch..., heads, tokens of the query,
    tokens of the key]. With `causal`, token i of the query sees tokens up to
    i + (tokens of the key - tokens of the query) only. A token whose scores are
    all -inf sees nothing: its result is zero.

    `probabilities` is a quantized type to which the softmax's result is rounded.
    If query, key and value are quantized, both products are exact in integers.

    Constraints:
    - C1: query, key and value have the same rank, at least 2, and equal
      leading dimensions.
    - C2: `heads` divides the last dimension of the query, `kv_heads` that of
      key and value, and `kv_heads` divides `heads`.
    - C3: query and key have heads of the same size; key and value have the
      same number of tokens.
    - C4: the mask broadcasts to the scores and has the result's element type.
    - C5: query, key and value are floats of one type, or they are quantized and
      express one type, and then `probabilities` is given: a quantized type that
      expresses the same type.
    - C6: the scores have at most 2^40 elements.

    ```mlir
    func.func @main(%q: tensor<1x4x8xf32>, %k: tensor<1x4x8xf32>,
                    %v: tensor<1x4x8xf32>) -> tensor<1x4x8xf32> {
      %y = nn.attention %q, %k, %v heads 2 kv_heads 2 scale 0.5
          : (tensor<1x4x8xf32>, tensor<1x4x8xf32>, tensor<1x4x8xf32>)
          -> tensor<1x4x8xf32>
      return %y : tensor<1x4x8xf32>
    }
    ```
  }];
  let arguments = (ins NN_RealTensor:$query, NN_RealTensor:$key,
                       NN_RealTensor:$value, Optional<NN_FloatTensor>:$mask,
                       I64Attr:$heads, I64Attr:$kv_heads, F64Attr:$scale,
                       UnitAttr:$causal, OptionalAttr<TypeAttr>:$probabilities);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $query `,` $key `,` $value (`mask` $mask^)? `heads` $heads
    `kv_heads` $kv_heads `scale` $scale
    (`probabilities` $probabilities^)? attr-dict
    `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// Shape of the scores: leading dimensions, heads, query and key tokens.
    ::llvm::SmallVector<int64_t> getScoresShape();
  }];
}

def NN_ConvOp : NN_InferredOp<"conv"> {
  let summary = "two-dimensional convolution with a parameter, and bias";
  let description = [{
    Input [batch, channels, height, width], weight [features, channels / groups,
    kernel height, kernel width], result [batch, features, height, width]. A
    patch embedding is a convolution whose strides equal its kernel. It is a
    matrix product of the weight with the patches, and a crossbar can hold it.

    Constraints:
    - C1: input and weight have four dimensions.
    - C2: `groups` divides channels and features, and the weight's second
      dimension is channels / groups.
    - C3: strides and dilations are two positive numbers, pads four that are
      not negative (top, left, bottom, right).
    - C4: the kernel is not empty and fits into the padded input; the windows
      that it sees have at most 2^40 elements together.
    - C5: the bias has one dimension of as many elements as there are features,
      of the result's type.
    - C6: input and weight are both floats of one type or both quantized and
      express one type.

    ```mlir
    func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x16x4x4xf32> {
      %w = nn.constant dense<0.5> : tensor<16x3x2x2xf32>
      %y = nn.conv %x, %w strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1]
          groups 1
          : (tensor<1x3x8x8xf32>, tensor<16x3x2x2xf32>) -> tensor<1x16x4x4xf32>
      return %y : tensor<1x16x4x4xf32>
    }
    ```
  }];
  let arguments = (ins NN_RealTensor:$input, NN_RealTensor:$weight,
                       Optional<NN_FloatTensor>:$bias,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
                       DenseI64ArrayAttr:$dilations, I64Attr:$groups);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? `strides` $strides `pads` $pads
    `dilations` $dilations `groups` $groups attr-dict
    `:` functional-type(operands, results)
  }];
}

def NN_PatchesOp : NN_InferredOp<"patches", [NN_LayoutOnly]> {
  let summary = "the windows of an image, as rows of a matrix";
  let description = [{
    Result [batch, positions, channels * kernel height * kernel width]: row p
    holds the elements that a convolution's kernel sees at position p, zeros
    where it leaves the image. A convolution is `nn.patches` and a product.

    Constraints:
    - C1: the input has four dimensions.
    - C2: kernel, strides and dilations are two positive numbers, pads four that
      are not negative (top, left, bottom, right).
    - C3: the kernel fits into the padded input; the windows have at most 2^40
      elements together.

    ```mlir
    func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x16x12xf32> {
      %y = nn.patches %x kernel [2, 2] strides [2, 2] pads [0, 0, 0, 0]
          dilations [1, 1] : tensor<1x3x8x8xf32> -> tensor<1x16x12xf32>
      return %y : tensor<1x16x12xf32>
    }
    ```
  }];
  let arguments = (ins NN_RealTensor:$input, DenseI64ArrayAttr:$kernel,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
                       DenseI64ArrayAttr:$dilations);
  let results = (outs NN_RealTensor:$result);
  let assemblyFormat = [{
    $input `kernel` $kernel `strides` $strides `pads` $pads
    `dilations` $dilations attr-dict `:` type($input) `->` type($result)
  }];
}

def NN_SoftmaxOp : NN_Op<"softmax", [SameOperandsAndResultType]> {
  let summary = "exponentials that sum to one along a dimension";
  let description = [{
    exp(x - max) / sum of exp(x - max), maximum and sum along `axis`. Where all
    elements along the axis are -inf, which stands for nothing to choose from,
    the result is zero.

    Constraints:
    - C1: `axis` is a dimension of the operand.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %y = nn.softmax %x axis 1 : tensor<2x3xf32>
      return %y : tensor<2x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input, I64Attr:$axis);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = "$input `axis` $axis attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def NN_LayerNormOp : NN_InferredOp<"layer_norm"> {
  let summary = "layer normalization";
  let description = [{
    (x - mean) / sqrt(variance + epsilon) * weight + bias, with mean and variance
    over the last dimensions, as many as the weight has (arXiv 1607.06450).

    Constraints:
    - C1: the weight's shape, of at least one dimension, is the end of the
      input's shape; both have the same element type.
    - C2: the bias has the weight's type.
    - C3: `epsilon` is not negative.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %w = nn.constant dense<1.0> : tensor<3xf32>
      %b = nn.constant dense<0.0> : tensor<3xf32>
      %y = nn.layer_norm %x, %w bias %b epsilon 1.0e-5
          : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
      return %y : tensor<2x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$weight,
                       Optional<NN_FloatTensor>:$bias, F64Attr:$epsilon);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight (`bias` $bias^)? `epsilon` $epsilon attr-dict
    `:` functional-type(operands, results)
  }];
}

def NN_RMSNormOp : NN_InferredOp<"rms_norm"> {
  let summary = "root-mean-square normalization";
  let description = [{
    x / sqrt(mean of x^2 + epsilon) * weight, the mean over the last dimensions,
    as many as the weight has (arXiv 1910.07467).

    Constraints:
    - C1: the weight's shape, of at least one dimension, is the end of the
      input's shape; both have the same element type.
    - C2: `epsilon` is not negative.

    ```mlir
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %w = nn.constant dense<1.0> : tensor<3xf32>
      %y = nn.rms_norm %x, %w epsilon 1.0e-5
          : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
      return %y : tensor<2x3xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$weight,
                       F64Attr:$epsilon);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $weight `epsilon` $epsilon attr-dict
    `:` functional-type(operands, results)
  }];
}

def NN_RotaryEmbeddingOp : NN_InferredOp<"rotary_embedding"> {
  let summary = "rotation of pairs of features by the token's position";
  let description = [{
    Rotates pairs of the last dimension (Su et al., arXiv 2104.09864): pair
    (a, b) number i becomes (a * cosine[..., i] - b * sine[..., i],
    b * cosine[..., i] + a * sine[..., i]). The first 2 n features form n pairs,
    as many as the tables have; later features stay as they are. Pair i is
    (i, n + i), or with `interleaved` (2 i, 2 i + 1). The other dimensions of the
    tables broadcast to the input's.

    Constraints:
    - C1: input, cosine and sine have one element type, cosine and sine one
      shape.
    - C2: input and tables have at least one dimension; the tables have at most
      half as many elements in the last one as the input.
    - C3: the other dimensions of the tables broadcast to the input's.

    ```mlir
    func.func @main(%x: tensor<1x4x2x8xf32>, %c: tensor<4x1x4xf32>,
                    %s: tensor<4x1x4xf32>) -> tensor<1x4x2x8xf32> {
      %y = nn.rotary_embedding %x, %c, %s
          : (tensor<1x4x2x8xf32>, tensor<4x1x4xf32>, tensor<4x1x4xf32>)
          -> tensor<1x4x2x8xf32>
      return %y : tensor<1x4x2x8xf32>
    }
    ```
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$cosine,
                       NN_FloatTensor:$sine, UnitAttr:$interleaved);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $cosine `,` $sine attr-dict
    `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// Number of features that are rotated: two for each pair.
    int64_t getRotatedFeatures();
  }];
}

def NN_HostOp : NN_Op<"host", [SingleBlock, IsolatedFromAbove,
    DeclareOpInterfaceMethods<KernelOpInterface>]> {
  let summary = "ops that the host executes";
  let description = [{
    The fallback for ops that no tier can execute. Its share of operations and
    bytes stands in every report. The region's arguments are the operands; it
    uses no other values from outside.

    Constraints:
    - C1: the region's arguments have the operands' types.
    - C2: the region ends with `nn.yield`, of values of the results' types.
    - C3: each op of the region states its work.
    - C4: there is at least one result; `task_tile` has a size, from 1 to the
      result's, for each dimension of the first result; `nodes` are triples of
      coordinates that are not negative.

    ```mlir
    func.func @main(%i: tensor<1x3xi64>) -> tensor<1x3x2xf32> {
      %table = nn.constant dense<0.5> : tensor<10x2xf32>
      %y = nn.host (%table, %i) on @host task_tile [1, 3, 2] {
      ^bb0(%t: tensor<10x2xf32>, %j: tensor<1x3xi64>):
        %r = nn.embedding %t, %j
            : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
        nn.yield %r : tensor<1x3x2xf32>
      } : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
      return %y : tensor<1x3x2xf32>
    }
    ```
  }];
  let arguments = !con((ins Variadic<NN_Tensor>:$inputs), kernelAttributes);
  let results = (outs Variadic<NN_Tensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `(` $inputs `)` `on` $tier (`at` custom<Nodes>($nodes)^)?
    `task_tile` $task_tile $body attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def NN_YieldOp : Op<NN_Dialect, "yield", [Pure, Terminator]> {
  let summary = "the results of a region of nn ops";
  let description = [{
    Ends the region of a kernel such as `nn.host` or `systolic.vector`.

    Constraints:
    - C1: the op that holds the region is a kernel.

    ```mlir
    func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = nn.host (%x) on @host task_tile [4] {
      ^bb0(%a: tensor<4xf32>):
        %b = nn.relu %a : tensor<4xf32>
        nn.yield %b : tensor<4xf32>
      } : (tensor<4xf32>) -> tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<NN_Tensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let hasVerifier = 1;
}

#endif // ATLEUS_NN_NNKERNELS_TD
