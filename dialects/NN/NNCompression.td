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

def NN_RunTimeScales : NN_Enum<"RunTimeScales",
                               "what has a scale of its own at run time", [
    I32EnumCase<"Tensor", 0, "tensor">,
    I32EnumCase<"Matrix", 1, "matrix">,
    I32EnumCase<"Vector", 2, "vector">]>;

def NN_RunTimeScalesAttr
    : EnumAttr<NN_Dialect, NN_RunTimeScales, "run_time_scales"> {
  let assemblyFormat = "`<` $value `>`";
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
    `block_columns` of the stored matrix keep `kept_lines` of their lines: rows
    for `line_dimension` 0, columns for 1. Of what is left, each group of `group`
    consecutive elements along dimension `group_dimension` keeps `kept`. Without
    both, any elements are kept. A block or group at the edge that has fewer
    lines or elements keeps its share of them, rounded up. `longest` is the
    number of elements that are kept in the column that keeps the most, or in
    the row for `group_dimension` 1; 0 says nothing.

    Elements are stored block by block, one row of blocks after another, and in
    a block along `group_dimension`: one column after another for 0, one row
    after another for 1. The index has a part for each level, one directly after
    the other, in bits, the lowest of a byte first: for each block which of its
    lines are kept; then for each group which of its elements are, in the order
    of storage, or without levels for each column or row. `line_index` and
    `element_index` say how: `bitmap` has a bit for each, set if it is kept;
    `offsets` has the offsets of those that are kept, ascending, each in as many
    bits as the largest offset of a whole block or group needs. Without levels
    the number of a column's or row's offsets stands before them, in as many bits
    as the largest such number needs. The last byte is filled up with zeros.

    Constraints:
    - C1: a block has rows and columns, and keeps 1 to all of its lines; a
      dimension is 0 or 1.
    - C2: a group has elements and keeps 1 to all of them.
    - C3: `longest` is not negative.

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
                        DefaultValuedParameter<"int64_t", "0">:$longest,
                        NN_SparseIndexParameter:$line_index,
                        NN_SparseIndexParameter:$element_index);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    static SparsityAttr fromPattern(::mlir::MLIRContext *context,
                                    const SparsePattern &pattern,
                                    int64_t longest = 0);
    /// The pattern of a matrix of this shape.
    SparsePattern getPattern(::llvm::ArrayRef<int64_t> shape) const;
    /// What a product can leave out of a matrix of this shape, `kept` elements
    /// of which are stored, if it sums over dimension `inner`.
    WeightSparsity describe(::llvm::ArrayRef<int64_t> shape, int64_t kept,
                            unsigned inner) const;
  }];
}

def NN_SparseConstantOp : NN_Op<"sparse_constant"> {
  let summary = "a parameter in sparse storage";
  let description = [{
    `values` are the elements that are kept, and `index` are bytes that say where
    they are, in the format of `sparsity`. All other elements are zero. An index
    that does not have the form of the pattern is an error where the elements are
    read.

    Constraints:
    - C1: the result is a matrix that is not empty, and `values` are
      one-dimensional, of its element type.
    - C2: `index` is one-dimensional, of bytes, as many as the format needs.
    - C3: there are as many values as the pattern keeps.
    - C4: `longest` is a number that a column or row of the matrix can keep.

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
  let extraClassDeclaration = [{
    SparsePattern getPattern() {
      return getSparsity().getPattern(getType().getShape());
    }
    /// Elements that are stored.
    int64_t getNumKept() { return getValues().getNumElements(); }
    /// The zeros that a product leaves out which sums over dimension `inner`.
    WeightSparsity describe(unsigned inner) {
      return getSparsity().describe(getType().getShape(), getNumKept(), inner);
    }
    /// What the index keeps. The error says what is wrong with it.
    ::llvm::Expected<SparseMask> readMask();
    /// Bytes of values and index.
    int64_t getStoredBytes();
  }];
}

#endif // ATLEUS_NN_NNCOMPRESSION_TD
