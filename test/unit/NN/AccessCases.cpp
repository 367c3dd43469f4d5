// The functions on which the access of ops is tested.
#include "AccessCases.h"

using namespace atleus;
using Cases = std::vector<AccessCase>;

static void addUnary(Cases &cases) {
  for (const char *name :
       {"abs",   "neg",        "sign",    "relu",  "floor", "ceil",
        "round", "reciprocal", "sqrt",    "rsqrt", "exp",   "log",
        "erf",   "tanh",       "sigmoid", "sin",   "cos",   "tan",
        "atan",  "sinh",       "cosh",    "asinh", "silu",  "gelu"})
    cases.push_back({name, "(%a: tensor<3x4xf32>) -> tensor<3x4xf32>",
                     "%y = nn." + std::string(name) + " %a : tensor<3x4xf32>",
                     true});
  // Most numbers have no such function.
  for (const char *name : {"asin", "acos", "acosh", "atanh"})
    cases.push_back({name, "(%a: tensor<3x4xf32>) -> tensor<3x4xf32>",
                     "%y = nn." + std::string(name) + " %a : tensor<3x4xf32>",
                     false});
  cases.push_back({"not", "(%a: tensor<3x4xi1>) -> tensor<3x4xi1>",
                   "%y = nn.not %a : tensor<3x4xi1>", true});
  cases.push_back({"clip", "(%a: tensor<5xf32>) -> tensor<5xf32>",
                   "%y = nn.clip %a {minimum = -1.0, maximum = 1.0} : "
                   "tensor<5xf32>",
                   true});
  cases.push_back({"cast", "(%a: tensor<3x4xf32>) -> tensor<3x4xi64>",
                   "%y = nn.cast %a : tensor<3x4xf32> to tensor<3x4xi64>",
                   true});
  cases.push_back(
      {"quantize",
       "(%a: tensor<3x4xf32>) -> tensor<3x4x!quant.uniform<i8:f32, 0.5>>",
       "%y = nn.quantize %a : tensor<3x4xf32> to "
       "tensor<3x4x!quant.uniform<i8:f32, 0.5>>",
       true});
  cases.push_back(
      {"dequantize",
       "(%a: tensor<3x4x!quant.uniform<i8:f32, 0.5>>) -> tensor<3x4xf32>",
       "%y = nn.dequantize %a : tensor<3x4x!quant.uniform<i8:f32, 0.5>> to "
       "tensor<3x4xf32>",
       true});
  cases.push_back(
      {"storage_cast",
       "(%a: tensor<3x4xi8>) -> tensor<3x4x!quant.uniform<i8:f32, 0.5>>",
       "%y = nn.storage_cast %a : tensor<3x4xi8> to "
       "tensor<3x4x!quant.uniform<i8:f32, 0.5>>",
       true});
  // Scale and zero point are those of the whole value.
  for (const auto &[name, type] :
       {std::pair<std::string, std::string>{"scale", "tensor<f32>"},
        {"zero_point", "tensor<ui8>"}})
    cases.push_back({name, "(%a: tensor<3x4xf32>) -> " + type,
                     "%q = nn.quantize %a : tensor<3x4xf32> to "
                     "tensor<3x4x!quant.any<u8:f32>>\n"
                     "%y = nn." +
                         name + " %q : tensor<3x4x!quant.any<u8:f32>> -> " +
                         type,
                     false});
  // The scale depends on the whole tensor, but not on each of its faces.
  cases.push_back({"quantize_when_running",
                   "(%a: tensor<3x4xf32>) -> tensor<3x4x!quant.any<i8:f32>>",
                   "%y = nn.quantize %a : tensor<3x4xf32> to "
                   "tensor<3x4x!quant.any<i8:f32>>",
                   false});
  for (std::string scales : {"vector", "matrix"})
    cases.push_back(
        {"quantize_each_" + scales,
         "(%a: tensor<2x3x4xf32>) -> tensor<2x3x4x!quant.any<i8:f32>>",
         "%y = nn.quantize %a scales<" + scales +
             "> : tensor<2x3x4xf32> to tensor<2x3x4x!quant.any<i8:f32>>",
         false});
}

static void addBinary(Cases &cases) {
  auto add = [&](const std::string &name, const std::string &operand,
                 const std::string &outcome) {
    std::string a = "tensor<2x1x4x" + operand + ">";
    std::string b = "tensor<3x4x" + operand + ">";
    std::string y = "tensor<2x3x4x" + outcome + ">";
    cases.push_back(
        {name, "(%a: " + a + ", %b: " + b + ") -> " + y,
         "%y = nn." + name + " %a, %b : (" + a + ", " + b + ") -> " + y, true});
  };
  for (const char *name :
       {"add", "sub", "mul", "div", "mod", "pow", "max", "min"})
    add(name, "f32", "f32");
  for (const char *name :
       {"equal", "less", "less_equal", "greater", "greater_equal"})
    add(name, "i64", "i1");
  for (const char *name : {"and", "or", "xor"})
    add(name, "i1", "i1");
  // Where the condition holds, the other value is not needed.
  cases.push_back(
      {"select",
       "(%c: tensor<2x1xi1>, %a: tensor<3xf32>, %b: tensor<f32>) -> "
       "tensor<2x3xf32>",
       "%y = nn.select %c, %a, %b : (tensor<2x1xi1>, tensor<3xf32>, "
       "tensor<f32>) -> tensor<2x3xf32>",
       false});
}

static void addLayout(Cases &cases) {
  cases.push_back(
      {"reshape_of_heads", "(%a: tensor<3x8xf32>) -> tensor<3x2x4xf32>",
       "%y = nn.reshape %a : tensor<3x8xf32> to tensor<3x2x4xf32>", true});
  cases.push_back(
      {"reshape_across_rows", "(%a: tensor<4x6xf32>) -> tensor<3x8xf32>",
       "%y = nn.reshape %a : tensor<4x6xf32> to tensor<3x8xf32>", false});
  cases.push_back({"transpose", "(%a: tensor<2x3x4xf32>) -> tensor<4x2x3xf32>",
                   "%y = nn.transpose %a [2, 0, 1] : tensor<2x3x4xf32> -> "
                   "tensor<4x2x3xf32>",
                   true});
  cases.push_back({"slice", "(%a: tensor<9x8xf32>) -> tensor<4x3xf32>",
                   "%y = nn.slice %a offsets [1, 7] sizes [4, 3] strides "
                   "[2, -3] : tensor<9x8xf32> -> tensor<4x3xf32>",
                   true});
  cases.push_back(
      {"concat",
       "(%a: tensor<2x3xf32>, %b: tensor<2x1xf32>, %c: tensor<2x4xf32>) -> "
       "tensor<2x8xf32>",
       "%y = nn.concat %a, %b, %c axis 1 : (tensor<2x3xf32>, "
       "tensor<2x1xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>",
       true});
  cases.push_back({"expand", "(%a: tensor<3x1xf32>) -> tensor<2x3x4xf32>",
                   "%y = nn.expand %a : tensor<3x1xf32> to tensor<2x3x4xf32>",
                   true});
  cases.push_back({"pad", "(%a: tensor<3x4xf32>) -> tensor<6x6xf32>",
                   "%y = nn.pad %a low [2, 1] high [1, 1] value 0.5 : "
                   "tensor<3x4xf32> -> tensor<6x6xf32>",
                   true});
  // Elements of the zero triangle are not needed.
  cases.push_back({"trilu", "(%a: tensor<2x4x5xf32>) -> tensor<2x4x5xf32>",
                   "%y = nn.trilu %a diagonal 1 : tensor<2x4x5xf32>", false});
}

static void addSelection(Cases &cases) {
  cases.push_back(
      {"gather",
       "(%a: tensor<4x3x2xf32>, %i: tensor<2x5xi64>) -> tensor<4x2x5x2xf32>",
       "%y = nn.gather %a, %i axis 1 : (tensor<4x3x2xf32>, tensor<2x5xi64>) "
       "-> tensor<4x2x5x2xf32>",
       false});
  cases.push_back({"gather_of_a_scalar_index",
                   "(%a: tensor<3x4xf32>, %i: tensor<i64>) -> tensor<4xf32>",
                   "%y = nn.gather %a, %i axis 0 : (tensor<3x4xf32>, "
                   "tensor<i64>) -> tensor<4xf32>",
                   false});
  cases.push_back(
      {"embedding",
       "(%t: tensor<3x4xf32>, %i: tensor<2x5xi64>) -> tensor<2x5x4xf32>",
       "%y = nn.embedding %t, %i : (tensor<3x4xf32>, tensor<2x5xi64>) -> "
       "tensor<2x5x4xf32>",
       false});
}

/// Where indices are computed, an operand may be read anywhere.
static void addIndexing(Cases &cases) {
  cases.push_back(
      {"gather_elements",
       "(%a: tensor<4x3x2xf32>, %i: tensor<2x5x2xi64>) -> tensor<2x5x2xf32>",
       "%y = nn.gather_elements %a, %i axis 1 : (tensor<4x3x2xf32>, "
       "tensor<2x5x2xi64>) -> tensor<2x5x2xf32>",
       false});
  cases.push_back(
      {"gather_nd",
       "(%a: tensor<2x3x4x5xf32>, %i: tensor<2x6x1xi64>) -> "
       "tensor<2x6x4x5xf32>",
       "%y = nn.gather_nd %a, %i batch_dims 1 : (tensor<2x3x4x5xf32>, "
       "tensor<2x6x1xi64>) -> tensor<2x6x4x5xf32>",
       false});
  cases.push_back(
      {"scatter_elements",
       "(%a: tensor<4x3xf32>, %i: tensor<2x5xi64>, %u: tensor<2x5xf32>) -> "
       "tensor<4x3xf32>",
       "%y = nn.scatter_elements %a, %i, %u axis 1 add : (tensor<4x3xf32>, "
       "tensor<2x5xi64>, tensor<2x5xf32>) -> tensor<4x3xf32>",
       false});
  cases.push_back(
      {"scatter_nd",
       "(%a: tensor<3x4xf32>, %i: tensor<2x5x1xi64>, %u: tensor<2x5x4xf32>) "
       "-> tensor<3x4xf32>",
       "%y = nn.scatter_nd %a, %i, %u replace : (tensor<3x4xf32>, "
       "tensor<2x5x1xi64>, tensor<2x5x4xf32>) -> tensor<3x4xf32>",
       false});
  // Only the order of the elements matters.
  cases.push_back({"top_k", "(%a: tensor<2x5x3xf32>) -> tensor<2x4x3xi64>",
                   "%y = nn.top_k %a axis 1 count 4 : tensor<2x5x3xf32> -> "
                   "tensor<2x4x3xi64>",
                   false});
}

static void addPooling(Cases &cases) {
  for (const char *name : {"max_pool", "average_pool"})
    cases.push_back(
        {name, "(%a: tensor<2x3x7x6xf32>) -> tensor<2x3x4x4xf32>",
         "%y = nn." + std::string(name) +
             " %a kernel [3, 3] strides [2, 1] pads [1, 0, 1, 0] dilations "
             "[1, 1] : tensor<2x3x7x6xf32> -> tensor<2x3x4x4xf32>",
         true});
  cases.push_back(
      {"arg_max_pool_dilated", "(%a: tensor<1x2x9xf32>) -> tensor<1x2x6xi64>",
       "%y = nn.arg_max_pool %a kernel [2] strides [1] pads [0, 0] dilations "
       "[3] : tensor<1x2x9xf32> -> tensor<1x2x6xi64>",
       true});
}

static void addReductions(Cases &cases) {
  for (const char *name : {"reduce_sum", "reduce_mean", "reduce_max",
                           "reduce_min", "reduce_prod"}) {
    std::string op = "%y = nn." + std::string(name) + " %a axes [0, 2]";
    cases.push_back({name, "(%a: tensor<2x3x4x2xf32>) -> tensor<3x2xf32>",
                     op + " : tensor<2x3x4x2xf32> -> tensor<3x2xf32>", true});
    cases.push_back({std::string(name) + "_keeping_dimensions",
                     "(%a: tensor<2x3x4xf32>) -> tensor<1x3x1xf32>",
                     op + " {keep_dimensions} : tensor<2x3x4xf32> -> "
                          "tensor<1x3x1xf32>",
                     true});
  }
  cases.push_back({"arg_max", "(%a: tensor<2x4x3xf32>) -> tensor<2x3xi64>",
                   "%y = nn.arg_max %a axis 1 : tensor<2x4x3xf32> -> "
                   "tensor<2x3xi64>",
                   true});
  cases.push_back({"cum_sum", "(%a: tensor<2x5xf32>) -> tensor<2x5xf32>",
                   "%y = nn.cum_sum %a axis 1 : tensor<2x5xf32>", true});
}

static void addNormalization(Cases &cases) {
  cases.push_back({"softmax", "(%a: tensor<2x4x3xf32>) -> tensor<2x4x3xf32>",
                   "%y = nn.softmax %a axis 1 : tensor<2x4x3xf32>", true});
  cases.push_back(
      {"layer_norm",
       "(%a: tensor<2x3x4xf32>, %w: tensor<3x4xf32>, %b: tensor<3x4xf32>) -> "
       "tensor<2x3x4xf32>",
       "%y = nn.layer_norm %a, %w bias %b epsilon 1.0e-5 : "
       "(tensor<2x3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) -> "
       "tensor<2x3x4xf32>",
       true});
  cases.push_back(
      {"rms_norm",
       "(%a: tensor<2x3x4xf32>, %w: tensor<4xf32>) -> tensor<2x3x4xf32>",
       "%y = nn.rms_norm %a, %w epsilon 1.0e-5 : (tensor<2x3x4xf32>, "
       "tensor<4xf32>) -> tensor<2x3x4xf32>",
       true});
}

static void addRotation(Cases &cases) {
  for (bool interleaved : {false, true})
    cases.push_back(
        {interleaved ? "rotary_embedding_interleaved" : "rotary_embedding",
         "(%a: tensor<2x3x5xf32>, %c: tensor<3x2xf32>, %s: tensor<3x2xf32>) "
         "-> tensor<2x3x5xf32>",
         std::string("%y = nn.rotary_embedding %a, %c, %s") +
             (interleaved ? " {interleaved}" : "") +
             " : (tensor<2x3x5xf32>, tensor<3x2xf32>, tensor<3x2xf32>) -> "
             "tensor<2x3x5xf32>",
         false});
  cases.push_back({"swiglu",
                   "(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) -> "
                   "tensor<2x3xf32>",
                   "%y = nn.swiglu %a, %b : tensor<2x3xf32>", true});
}

static void addProducts(Cases &cases) {
  cases.push_back(
      {"linear",
       "(%x: tensor<2x3x4xf32>, %w: tensor<4x5xf32>, %b: tensor<5xf32>) -> "
       "tensor<2x3x5xf32>",
       "%y = nn.linear %x, %w bias %b : (tensor<2x3x4xf32>, tensor<4x5xf32>, "
       "tensor<5xf32>) -> tensor<2x3x5xf32>",
       true});
  cases.push_back(
      {"linear_transposed",
       "(%x: tensor<3x4xf32>, %w: tensor<5x4xf32>) -> tensor<3x5xf32>",
       "%y = nn.linear %x, %w {transposed} : (tensor<3x4xf32>, "
       "tensor<5x4xf32>) -> tensor<3x5xf32>",
       true});
  cases.push_back(
      {"matmul",
       "(%a: tensor<2x1x3x4xf32>, %b: tensor<3x4x5xf32>) -> "
       "tensor<2x3x3x5xf32>",
       "%y = nn.matmul %a, %b : (tensor<2x1x3x4xf32>, tensor<3x4x5xf32>) -> "
       "tensor<2x3x3x5xf32>",
       true});
  cases.push_back(
      {"integer_matmul",
       "(%a: tensor<3x4xi8>, %b: tensor<4x5xi8>, %z: tensor<i8>, "
       "%c: tensor<5xi8>) -> tensor<3x5xi32>",
       "%y = nn.integer_matmul %a zero_point %z, %b zero_point %c : "
       "(tensor<3x4xi8>, tensor<4x5xi8>, tensor<i8>, tensor<5xi8>) -> "
       "tensor<3x5xi32>",
       true});
  cases.push_back(
      {"integer_matmul_transposed",
       "(%a: tensor<2x3x4xi8>, %b: tensor<1x5x4xi8>) -> tensor<2x3x5xi32>",
       "%y = nn.integer_matmul %a, %b {transpose_rhs} : (tensor<2x3x4xi8>, "
       "tensor<1x5x4xi8>) -> tensor<2x3x5xi32>",
       true});
  cases.push_back(
      {"matmul_transposed",
       "(%a: tensor<3x4xf32>, %b: tensor<2x5x4xf32>) -> tensor<2x3x5xf32>",
       "%y = nn.matmul %a, %b {transpose_rhs} : (tensor<3x4xf32>, "
       "tensor<2x5x4xf32>) -> tensor<2x3x5xf32>",
       true});
  cases.push_back(
      {"conv",
       "(%x: tensor<2x4x5x6xf32>, %w: tensor<6x2x2x3xf32>, %b: tensor<6xf32>) "
       "-> tensor<2x6x6x6xf32>",
       "%y = nn.conv %x, %w bias %b strides [1, 1] pads [1, 1, 1, 1] "
       "dilations [1, 1] groups 2 : (tensor<2x4x5x6xf32>, "
       "tensor<6x2x2x3xf32>, tensor<6xf32>) -> tensor<2x6x6x6xf32>",
       false});
  cases.push_back(
      {"conv_of_patches",
       "(%x: tensor<1x2x4x6xf32>, %w: tensor<3x2x2x3xf32>) -> "
       "tensor<1x3x2x2xf32>",
       "%y = nn.conv %x, %w strides [2, 3] pads [0, 0, 0, 0] dilations "
       "[1, 1] groups 1 : (tensor<1x2x4x6xf32>, tensor<3x2x2x3xf32>) -> "
       "tensor<1x3x2x2xf32>",
       true});
  cases.push_back(
      {"conv_dilated",
       "(%x: tensor<1x2x7x9xf32>, %w: tensor<3x2x3x2xf32>) -> "
       "tensor<1x3x2x3xf32>",
       "%y = nn.conv %x, %w strides [2, 3] pads [0, 1, 0, 0] dilations "
       "[2, 3] groups 1 : (tensor<1x2x7x9xf32>, tensor<3x2x3x2xf32>) -> "
       "tensor<1x3x2x3xf32>",
       false});
  cases.push_back(
      {"patches", "(%x: tensor<2x3x5x6xf32>) -> tensor<2x9x12xf32>",
       "%y = nn.patches %x kernel [2, 2] strides [2, 2] pads [0, 0, 1, 0] "
       "dilations [1, 1] : tensor<2x3x5x6xf32> -> tensor<2x9x12xf32>",
       false});
}

static void addAttention(Cases &cases) {
  // Fewer heads of key and value than of the query; 2 features of a head.
  cases.push_back(
      {"attention",
       "(%q: tensor<2x3x8xf32>, %k: tensor<2x5x4xf32>, %v: tensor<2x5x4xf32>, "
       "%m: tensor<4x3x5xf32>) -> tensor<2x3x8xf32>",
       "%y = nn.attention %q, %k, %v mask %m heads 4 kv_heads 2 scale 0.1 : "
       "(tensor<2x3x8xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>, "
       "tensor<4x3x5xf32>) -> tensor<2x3x8xf32>",
       false});
  cases.push_back(
      {"attention_of_one_head",
       "(%q: tensor<3x2xf32>, %k: tensor<5x2xf32>, %v: tensor<5x4xf32>) -> "
       "tensor<3x4xf32>",
       "%y = nn.attention %q, %k, %v heads 1 kv_heads 1 scale 0.01 : "
       "(tensor<3x2xf32>, tensor<5x2xf32>, tensor<5x4xf32>) -> "
       "tensor<3x4xf32>",
       true});
  cases.push_back(
      {"attention_causal",
       "(%q: tensor<3x2xf32>, %k: tensor<5x2xf32>, %v: tensor<5x2xf32>) -> "
       "tensor<3x2xf32>",
       "%y = nn.attention %q, %k, %v heads 1 kv_heads 1 scale 0.01 {causal} : "
       "(tensor<3x2xf32>, tensor<5x2xf32>, tensor<5x2xf32>) -> "
       "tensor<3x2xf32>",
       true});
}

static void addKernels(Cases &cases) {
  cases.push_back(
      {"systolic_matmul",
       "(%a: tensor<2x3x4xf32>, %b: tensor<4x5xf32>, %c: tensor<5xf32>) -> "
       "tensor<2x3x5xf32>",
       "%y = systolic.matmul %a, %b bias %c on @sa0 task_tile [1, 3, 5] : "
       "(tensor<2x3x4xf32>, tensor<4x5xf32>, tensor<5xf32>) -> "
       "tensor<2x3x5xf32>",
       true});
  cases.push_back(
      {"systolic_matmul_transposed",
       "(%a: tensor<2x3x4xf32>, %b: tensor<2x5x4xf32>) -> tensor<2x3x5xf32>",
       "%y = systolic.matmul %a, %b on @sa0 task_tile [1, 3, 5] "
       "{transpose_rhs} : (tensor<2x3x4xf32>, tensor<2x5x4xf32>) -> "
       "tensor<2x3x5xf32>",
       true});
  // The sum is needed by row, what is added to it by element.
  cases.push_back(
      {"systolic_vector",
       "(%a: tensor<3x4xf32>, %b: tensor<4xf32>) -> tensor<3x4xf32>",
       R"(%y = systolic.vector (%a, %b) on @sa0 task_tile [1, 4] {
          ^bb0(%c: tensor<3x4xf32>, %d: tensor<4xf32>):
            %s = nn.softmax %c axis 1 : tensor<3x4xf32>
            %t = nn.add %s, %d
                : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
            nn.yield %t : tensor<3x4xf32>
          } : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>)",
       true});
  // One operand is read in two places, another not at all for some tiles.
  cases.push_back(
      {"systolic_vector_of_joined_tensors",
       "(%a: tensor<2x4xf32>, %b: tensor<2x4xf32>) -> tensor<4x4xf32>",
       R"(%y = systolic.vector (%a, %b) on @sa0 task_tile [1, 4] {
          ^bb0(%c: tensor<2x4xf32>, %d: tensor<2x4xf32>):
            %e = nn.mul %c, %c
                : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
            %s = nn.concat %d, %e axis 0
                : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<4x4xf32>
            nn.yield %s : tensor<4x4xf32>
          } : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<4x4xf32>)",
       true});
  cases.push_back(
      {"pim_mvm",
       "(%x: tensor<3x4x!quant.uniform<i8:f32, 0.5>>, %b: tensor<2xf32>) -> "
       "tensor<3x2xf32>",
       R"(%w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0],
                                  [7.0, 8.0]]> : tensor<4x2xf32>
          %q = nn.quantize %w : tensor<4x2xf32>
              to tensor<4x2x!quant.uniform<i8:f32, 0.5>>
          %a = pim.program %q on @reram0 features [0, 2]
              : tensor<4x2x!quant.uniform<i8:f32, 0.5>>
              -> !pim.array<tensor<4x2x!quant.uniform<i8:f32, 0.5>>,
                   #pim.crossbar<rows = 4, columns = 8, cell_bits = 2,
                     dac_bits = 1, adc_bits = 8, active_rows = 4,
                     encoding = flipped>>
          %y = pim.mvm %a, %x bias %b on @reram0 task_tile [1, 2]
              : (!pim.array<tensor<4x2x!quant.uniform<i8:f32, 0.5>>,
                   #pim.crossbar<rows = 4, columns = 8, cell_bits = 2,
                     dac_bits = 1, adc_bits = 8, active_rows = 4,
                     encoding = flipped>>,
                 tensor<3x4x!quant.uniform<i8:f32, 0.5>>, tensor<2xf32>)
              -> tensor<3x2xf32>)",
       true});
  cases.push_back(
      {"pim_mvm_of_sums",
       "(%x: tensor<3x4x!quant.uniform<i8:f32, 0.5>>, %s: tensor<3x2xi64>) -> "
       "tensor<3x2xf32>",
       R"(%w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0],
                                  [7.0, 8.0]]> : tensor<4x2xf32>
          %q = nn.quantize %w : tensor<4x2xf32>
              to tensor<4x2x!quant.uniform<i8:f32, 0.5>>
          %a = pim.program %q on @reram0 features [0, 2]
              : tensor<4x2x!quant.uniform<i8:f32, 0.5>>
              -> !pim.array<tensor<4x2x!quant.uniform<i8:f32, 0.5>>,
                   #pim.crossbar<rows = 4, columns = 8, cell_bits = 2,
                     dac_bits = 1, adc_bits = 8, active_rows = 4,
                     encoding = flipped>>
          %y = pim.mvm %a, %x sums %s on @reram0 task_tile [1, 2]
              : (!pim.array<tensor<4x2x!quant.uniform<i8:f32, 0.5>>,
                   #pim.crossbar<rows = 4, columns = 8, cell_bits = 2,
                     dac_bits = 1, adc_bits = 8, active_rows = 4,
                     encoding = flipped>>,
                 tensor<3x4x!quant.uniform<i8:f32, 0.5>>, tensor<3x2xi64>)
              -> tensor<3x2xf32>)",
       true});
  // What the host reads is not looked into.
  cases.push_back({"host", "(%a: tensor<3x4xf32>) -> tensor<3x4xf32>",
                   R"(%y = nn.host (%a) on @host task_tile [3, 4] {
                      ^bb0(%b: tensor<3x4xf32>):
                        %c = nn.relu %b : tensor<3x4xf32>
                        nn.yield %c : tensor<3x4xf32>
                      } : (tensor<3x4xf32>) -> tensor<3x4xf32>)",
                   false});
}

std::vector<AccessCase> atleus::accessCases() {
  Cases cases;
  addUnary(cases);
  addBinary(cases);
  addLayout(cases);
  addSelection(cases);
  addIndexing(cases);
  addPooling(cases);
  addReductions(cases);
  addNormalization(cases);
  addRotation(cases);
  addProducts(cases);
  addAttention(cases);
  addKernels(cases);
  return cases;
}
