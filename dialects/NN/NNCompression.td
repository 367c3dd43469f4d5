//===- NNCompression.td - widths, codes and zeros of weights --------------===//
//
// Attributes and types of compressed models, and parameters in sparse storage.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNCOMPRESSION_TD
#define ATLEUS_NN_NNCOMPRESSION_TD

include "dialects/NN/NNBase.td"
include "mlir/IR/AttrTypeBase.td"

class NN_Enum<string name, string text, list<I32EnumCase> cases>
    : I32Enum<name, text, cases> {
  let cppNamespace = "::atleus::nn";
}

def NN_WeightCode : NN_Enum<"WeightCode", "what a weight's bits mean", [
    I32EnumCase<"Uniform", 0, "uniform">,
    I32EnumCase<"NF4", 1, "nf4">]>;

def NN_WeightCodeParameter : EnumParameter<NN_WeightCode> {
  let defaultValue = "::atleus::nn::WeightCode::Uniform";
}

def NN_PrecisionAttr : AttrDef<NN_Dialect, "Precision"> {
  let mnemonic = "precision";
  let summary = "the widths that quantization is to give a product";
  let description = [{
    `weights` and `activations` are bits; 32 leaves them floats. `code` says what
    the bits of a weight mean: steps of equal size, or the 4-bit normal floats of
    QLoRA (arXiv 2305.14314), for which activations stay floats.

    Constraints:
    - C1: weights have 2 to 8 or 32 bits, those of `nf4` have 4.
    - C2: activations have 4 to 8, 16 or 32 bits; 32 if the weights have 32 or
      are `nf4`.

    ```mlir
    module attributes {
      x.precision = #nn.precision<weights = 4, activations = 8>
    } {}
    ```
  }];
  let parameters = (ins "int64_t":$weights, "int64_t":$activations,
                        NN_WeightCodeParameter:$code);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def NN_CodebookKind : NN_Enum<"CodebookKind", "the values of codes", [
    I32EnumCase<"NF4", 0, "nf4">]>;

def NN_CodebookType : TypeDef<NN_Dialect, "Codebook"> {
  let mnemonic = "codebook";
  let summary = "codes that are looked up in a table and scaled by block";
  let description = [{
    An element is a code of 4 bits. Its value is the table's entry times the
    scale of its block: `block` consecutive elements in row-major order share
    one, the largest magnitude among them. Scales are 32-bit floats, found when
    the value is quantized, and go along with it. `nf4` is the table of 4-bit
    normal floats (QLoRA, arXiv 2305.14314, appendix E).

    Constraints:
    - C1: a block has an element at least.

    ```mlir
    func.func private @weights(tensor<64x64x!nn.codebook<nf4 : f32, block = 64>>)
    ```
  }];
  let parameters = (ins EnumParameter<NN_CodebookKind>:$kind,
                        "::mlir::FloatType":$expressed, "int64_t":$block);
  let assemblyFormat = "`<` $kind `:` $expressed `,` `block` `=` $block `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Bits of a code.
    unsigned getCodeBits() const { return 4; }
  }];
}

def NN_SparseIndex : NN_Enum<"SparseIndex", "how kept positions are stored", [
    I32EnumCase<"Bitmap", 0, "bitmap">,
    I32EnumCase<"Offsets", 1, "offsets">]>;

def NN_SparseIndexParameter : EnumParameter<NN_SparseIndex> {
  let defaultValue = "::atleus::nn::SparseIndex::Bitmap";
}

def NN_SparsityAttr : AttrDef<NN_Dialect, "Sparsity"> {
  let mnemonic = "sparsity";
  let summary = "which zeros a weight has, and how the others are stored";
  let description = [{
    Two levels, of which either may be missing. Blocks of `block_rows` x
    `block_columns` of the stored matrix keep `kept_lines` of their lines, which
    lie along dimension `line_dimension`. Of what is left, each group of `group`
    consecutive elements along dimension `group_dimension` keeps `kept`. Without
    both, any elements are kept. A block or group at the edge that has fewer
    lines or elements keeps its share of them, rounded up.

    `line_index` and `element_index` say how the positions are stored: a bit for
    each, or the offsets of those that are kept in as many bits as the largest
    needs.

    Constraints:
    - C1: a block has rows and columns, and keeps 1 to all of its lines; a
      dimension is 0 or 1.
    - C2: a group has elements and keeps 1 to all of them.

    ```mlir
    module attributes {
      x.two_four = #nn.sparsity<group = 4, kept = 2, element_index = offsets>,
      x.hierarchical = #nn.sparsity<block_rows = 128, block_columns = 32,
                                    kept_lines = 96, group = 16, kept = 12>
    } {}
    ```
  }];
  let parameters = (ins DefaultValuedParameter<"int64_t", "0">:$block_rows,
                        DefaultValuedParameter<"int64_t", "0">:$block_columns,
                        DefaultValuedParameter<"int64_t", "0">:$kept_lines,
                        DefaultValuedParameter<"int64_t", "0">:$line_dimension,
                        DefaultValuedParameter<"int64_t", "0">:$group,
                        DefaultValuedParameter<"int64_t", "0">:$kept,
                        DefaultValuedParameter<"int64_t", "0">:$group_dimension,
                        NN_SparseIndexParameter:$line_index,
                        NN_SparseIndexParameter:$element_index);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def NN_SparseConstantOp : NN_Op<"sparse_constant"> {
  let summary = "a parameter in sparse storage";
  let description = [{
    `values` are the elements that are kept, in row-major order of the matrix;
    `index` are bytes that say where they are, in the format of `sparsity`. All
    other elements are zero.

    Constraints:
    - C1: the result is a matrix, and `values` are one-dimensional, of its
      element type.
    - C2: `index` is one-dimensional, of bytes, as many as the format needs.
    - C3: there are as many values as `index` keeps.

    ```mlir
    func.func @main() -> tensor<2x4xf32> {
      %w = nn.sparse_constant #nn.sparsity<group = 4, kept = 2,
                                           group_dimension = 1>
          values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
          index dense<[83]> : tensor<1xi8> : tensor<2x4xf32>
      return %w : tensor<2x4xf32>
    }
    ```
  }];
  let arguments = (ins NN_SparsityAttr:$sparsity, ElementsAttr:$values,
                       ElementsAttr:$index);
  let results = (outs NN_NumberTensor:$result);
  let assemblyFormat = [{
    $sparsity `values` $values `index` $index attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

#endif // ATLEUS_NN_NNCOMPRESSION_TD
