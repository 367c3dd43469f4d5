//===- SystolicOps.td - kernels of a systolic core ------------------------===//
//
// The dialect and its ops.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_SYSTOLIC_SYSTOLICOPS_TD
#define ATLEUS_SYSTOLIC_SYSTOLICOPS_TD

include "dialects/Arch/ArchDialect.td"
include "dialects/Interfaces/Access.td"
include "dialects/Interfaces/Kernel.td"
include "dialects/Interfaces/WorkOp.td"
include "dialects/NN/NNBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Systolic_Dialect : Dialect {
  let name = "systolic";
  let summary = "systolic arrays and their vector units";
  let description = [{
    A systolic core has an array of multiply-accumulate cells, which computes
    products of two streamed operands (`systolic.matmul`), and a vector unit for
    everything that is not a product (`systolic.vector`).

    Other tiers take the same kernels: a processor both kinds, and a tier of
    crossbars those of its vector unit. What a kernel takes is a matter of the
    core that its tier has.
  }];
  let cppNamespace = "::atleus::systolic";
  let dependentDialects = ["::atleus::arch::ArchDialect",
                           "::atleus::nn::NNDialect"];
}

class Systolic_KernelOp<string mnemonic, list<Trait> traits = []>
    : Op<Systolic_Dialect, mnemonic, [Pure,
        DeclareOpInterfaceMethods<WorkOpInterface>,
        DeclareOpInterfaceMethods<AccessOpInterface>,
        DeclareOpInterfaceMethods<KernelOpInterface>] # traits>;

def Systolic_MatMulOp : Systolic_KernelOp<"matmul"> {
  let summary = "product of two operands in a systolic array";
  let description = [{
    Matrices are the last two dimensions; leading dimensions are broadcast. With
    `transpose_rhs` the right operand's matrices are [n, k]. Products of
    quantized operands are exact in integers and then scaled; the bias, one
    number per column, and the result are floats. With `static_rhs` the right
    operand is a parameter, which is read from memory; it may be coded by a
    codebook if the left operand is a float.

    Integer sums along k are kept in `accumulator_bits`, in the order of k, and
    `overflow` says what happens to one that does not fit; without a width they
    are exact.

    Constraints:
    - C1: both operands have two dimensions or more and the inner ones agree.
    - C2: the leading dimensions broadcast to those of the result.
    - C3: the result is [..., m, n] of the operands' expressed type.
    - C4: the bias has n elements of the result's type.
    - C5: both operands are floats of one type, or both are quantized and express
      one type, or the right one is static, of a codebook that expresses the
      left one's type.
    - C6: `task_tile` has a size, from 1 to the result's, for each dimension;
      `nodes` are triples of coordinates that are not negative.
    - C7: `accumulator_bits` is from 8 to 64.

    ```mlir
    func.func @main(%a: tensor<2x4x8x!quant.uniform<i8:f32, 0.1>>,
                    %b: tensor<2x6x8x!quant.uniform<i8:f32, 0.2>>)
        -> tensor<2x4x6xf32> {
      %y = systolic.matmul %a, %b on @sa0 at (0, 0, 0)(1, 0, 0)
          task_tile [1, 4, 6] {transpose_rhs}
          : (tensor<2x4x8x!quant.uniform<i8:f32, 0.1>>,
             tensor<2x6x8x!quant.uniform<i8:f32, 0.2>>) -> tensor<2x4x6xf32>
      return %y : tensor<2x4x6xf32>
    }
    ```
  }];
  let arguments = !con((ins NN_RealTensor:$lhs, NN_WeightTensor:$rhs,
                            Optional<NN_FloatTensor>:$bias,
                            UnitAttr:$transpose_rhs, UnitAttr:$static_rhs,
                            OptionalAttr<I64Attr>:$accumulator_bits,
                            DefaultValuedAttr<Arch_OverflowAttr,
                                "::atleus::arch::Overflow::Wrap">:$overflow),
                       kernelAttributes);
  let results = (outs NN_FloatTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs (`bias` $bias^)? `on` $tier (`at` custom<Nodes>($nodes)^)?
    `task_tile` $task_tile attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Systolic_VectorOp : Systolic_KernelOp<"vector", [SingleBlock,
    IsolatedFromAbove]> {
  let summary = "nn ops on a vector unit, as one kernel";
  let description = [{
    The ops of the region run on one tile after another, so that what passes
    between them stays in the core. The region's arguments are the operands; it
    uses no other values from outside.

    Constraints:
    - C1: the region's arguments have the operands' types.
    - C2: the region ends with `nn.yield`, of values of the results' types, and
      all results have the first one's shape.
    - C3: each op of the region states its work and its access.
    - C4: there is at least one result; `task_tile` has a size, from 1 to the
      results', for each dimension; `nodes` are triples of coordinates that are
      not negative.

    ```mlir
    func.func @main(%x: tensor<1x4x8xf32>) -> tensor<1x4x8xf32> {
      %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [1, 2, 8] {
      ^bb0(%a: tensor<1x4x8xf32>):
        %b = nn.gelu %a : tensor<1x4x8xf32>
        %c = nn.softmax %b axis 2 : tensor<1x4x8xf32>
        nn.yield %c : tensor<1x4x8xf32>
      } : (tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
      return %y : tensor<1x4x8xf32>
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

#endif // ATLEUS_SYSTOLIC_SYSTOLICOPS_TD
