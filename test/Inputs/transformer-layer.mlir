// One quantized layer of a transformer with 2 heads of 8, 32 tokens: products
// with parameters on crossbars, everything else on systolic nodes.
!x = !quant.uniform<i8:f32, 0.05>
!w = !quant.uniform<i8:f32, 0.01>
!p = !quant.uniform<i8:f32, 0.0078125>
func.func @main(%x: tensor<1x32x16xf32> {nn.name = "hidden"})
    -> (tensor<1x32x16xf32> {nn.name = "output"}) {
  %square = nn.constant dense<0.5> : tensor<16x16xf32>
  %wide = nn.constant dense<0.25> : tensor<16x32xf32>
  %tall = nn.constant dense<0.125> : tensor<32x16xf32>
  %bias = nn.constant dense<0.1> : tensor<16xf32>
  %wide_bias = nn.constant dense<0.2> : tensor<32xf32>
  %ones = nn.constant dense<1.0> : tensor<16xf32>
  %wsquare = nn.quantize %square : tensor<16x16xf32> to tensor<16x16x!w>
  %wwide = nn.quantize %wide : tensor<16x32xf32> to tensor<16x32x!w>
  %wtall = nn.quantize %tall : tensor<32x16xf32> to tensor<32x16x!w>

  %xq = nn.quantize %x {nn.name = "quantize_input", arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %q = nn.linear %xq, %wsquare bias %bias
      {nn.name = "query", arch.tier = @reram0}
      : (tensor<1x32x16x!x>, tensor<16x16x!w>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %k = nn.linear %xq, %wsquare bias %bias
      {nn.name = "key", arch.tier = @reram0}
      : (tensor<1x32x16x!x>, tensor<16x16x!w>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %v = nn.linear %xq, %wsquare bias %bias
      {nn.name = "value", arch.tier = @reram0}
      : (tensor<1x32x16x!x>, tensor<16x16x!w>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %qq = nn.quantize %q {arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %kq = nn.quantize %k {arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %vq = nn.quantize %v {arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %a = nn.attention %qq, %kq, %vq heads 2 kv_heads 2 scale 0.25
      probabilities !p {nn.name = "attention", arch.tier = @sa0}
      : (tensor<1x32x16x!x>, tensor<1x32x16x!x>, tensor<1x32x16x!x>)
      -> tensor<1x32x16xf32>
  %aq = nn.quantize %a {arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %o = nn.linear %aq, %wsquare bias %bias
      {nn.name = "projection", arch.tier = @reram0}
      : (tensor<1x32x16x!x>, tensor<16x16x!w>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %r = nn.add %o, %x {arch.tier = @sa0}
      : (tensor<1x32x16xf32>, tensor<1x32x16xf32>) -> tensor<1x32x16xf32>
  %n = nn.layer_norm %r, %ones bias %bias epsilon 1.0e-5
      {nn.name = "attention_norm", arch.tier = @sa0}
      : (tensor<1x32x16xf32>, tensor<16xf32>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %nq = nn.quantize %n {arch.tier = @sa0}
      : tensor<1x32x16xf32> to tensor<1x32x16x!x>
  %h = nn.linear %nq, %wwide bias %wide_bias
      {nn.name = "expand", arch.tier = @reram0}
      : (tensor<1x32x16x!x>, tensor<16x32x!w>, tensor<32xf32>)
      -> tensor<1x32x32xf32>
  %g = nn.gelu %h {nn.name = "gelu", arch.tier = @sa0} : tensor<1x32x32xf32>
  %gq = nn.quantize %g {arch.tier = @sa0}
      : tensor<1x32x32xf32> to tensor<1x32x32x!x>
  %f = nn.linear %gq, %wtall bias %bias
      {nn.name = "contract", arch.tier = @reram0}
      : (tensor<1x32x32x!x>, tensor<32x16x!w>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  %s = nn.add %f, %n {arch.tier = @sa0}
      : (tensor<1x32x16xf32>, tensor<1x32x16xf32>) -> tensor<1x32x16xf32>
  %y = nn.layer_norm %s, %ones bias %bias epsilon 1.0e-5
      {nn.name = "output_norm", arch.tier = @sa0}
      : (tensor<1x32x16xf32>, tensor<16xf32>, tensor<16xf32>)
      -> tensor<1x32x16xf32>
  return %y : tensor<1x32x16xf32>
}
