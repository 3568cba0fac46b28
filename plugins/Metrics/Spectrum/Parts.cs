namespace Harness.Metrics.Spectrum;

/// <summary>
/// The four parts of the Gauss-Newton matrix by the law of total second moment (Papyan 2020): of the gradients g_(i,c') = J_iᵀ (p_i − e_c'), weighted by p_(i,c')/N,
/// whose means are taken over the images of class c for each c' ≠ c.
/// </summary>
[Flags]
internal enum Parts
{
    /// <summary>G_class = Σ_c w_c g_c g_cᵀ, of the class means g_c: rank at most C, the outliers.</summary>
    Class = 1,

    /// <summary>G_cross = Σ_(c≠c') w_cc' (g_cc' − g_c)(g_cc' − g_c)ᵀ, of the cross-class means about their class mean: rank at most C(C − 2), the mini-bulk.</summary>
    Cross = 2,

    /// <summary>G_within = Σ_(i, c'≠c) w_ic' (g_ic' − g_cc')(g_ic' − g_cc')ᵀ, about the cross-class means: the bulk.</summary>
    Within = 4,

    /// <summary>G_(c=c') = Σ_i w_(i,c) g_(i,c) g_(i,c)ᵀ, of the label's own gradients, which vanish as the network gets sure.</summary>
    SameClass = 8,

    /// <summary>G, the whole.</summary>
    All = Class | Cross | Within | SameClass,
}
