namespace Harness.Metrics.Spectrum;

/// <summary>The Gauss-Newton matrix, one of its parts, or what is left of it with parts knocked out.</summary>
/// <param name="Name">In names of quantities.</param>
/// <param name="Title">In titles.</param>
/// <param name="Symbol">In formulas.</param>
/// <param name="Parts">Which parts it is the sum of.</param>
/// <param name="Definition">What it is, in its trace's formula.</param>
internal sealed record Matrix(string Name, string Title, string Symbol, Parts Parts, string Definition = "")
{
    /// <summary>G.</summary>
    public static readonly Matrix GaussNewton = new(
        "gauss-newton", "the Gauss-Newton matrix", "G", Parts.All,
        "G = Σ_(i,c') w_ic' g_ic' g_ic'ᵀ, g_ic' = (∂z_i/∂θ)ᵀ(p_i − e_c'), w_ic' = p_ic'/N, p the softmax of z; the sum of the four parts");

    /// <summary>G − G_class: without its outliers.</summary>
    public static readonly Matrix WithoutClass = new(
        "knock-out.class", "the Gauss-Newton matrix, class means knocked out", "G − G_class", Parts.Cross | Parts.Within | Parts.SameClass);

    /// <summary>G − G_class − G_cross: without its mini-bulk either.</summary>
    public static readonly Matrix WithoutMeans = new(
        "knock-out.class-cross", "the Gauss-Newton matrix, class and cross-class means knocked out", "G − G_class − G_cross", Parts.Within | Parts.SameClass);

    /// <summary>The four parts.</summary>
    public static readonly IReadOnlyList<Matrix> Four =
    [
        new(
            "class", "the class part", "G_class", Parts.Class, "G_class = Σ_c w_c g_c g_cᵀ, g_c the weighted mean of g_ic' over images of class c and c' ≠ c, w_c the sum of their weights"),
        new(
            "cross", "the cross-class part", "G_cross", Parts.Cross, "G_cross = Σ_(c≠c') w_cc' (g_cc' − g_c)(g_cc' − g_c)ᵀ, g_cc' the weighted mean of g_ic' over images of class c, w_cc' the sum of their weights"),
        new("within", "the within-cross-class part", "G_within", Parts.Within, "G_within = Σ_(c≠c') Σ_(i of c) w_ic' (g_ic' − g_cc')(g_ic' − g_cc')ᵀ"),
        new("same-class", "the same-class part", "G_(c=c')", Parts.SameClass, "G_(c=c') = Σ_i w_iy g_iy g_iyᵀ, y the label of i"),
    ];

    /// <summary>All of them, G first.</summary>
    public static readonly IReadOnlyList<Matrix> All = [GaussNewton, WithoutClass, WithoutMeans, .. Four];

    /// <summary>What its rank is at most, by the number of means it is made of; null where that is the number of images.</summary>
    /// <param name="classes">C.</param>
    public int? Rank(int classes) => Parts switch
    {
        Parts.Class => classes,
        Parts.Cross => classes * (classes - 2),
        _ => null,
    };
}
