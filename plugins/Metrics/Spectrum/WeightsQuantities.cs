namespace Harness.Metrics.Spectrum;

/// <summary>What is measured of the Gauss-Newton matrix over some of the weights: the last layer's, or all.</summary>
internal sealed class WeightsQuantities
{
    /// <summary>What a density's y is.</summary>
    public const string Quadrature = "stochastic Lanczos quadrature, Ritz values smoothed by a Gaussian";

    private const string OverOutliers = "Σ over the C largest eigenvalues, as far as half the Lanczos steps reach";

    private readonly Dictionary<Matrix, Quantity> densities;
    private readonly Dictionary<Matrix, Quantity> eigenvalues;
    private readonly Dictionary<Matrix, Quantity> traces;
    private readonly Dictionary<Matrix, Quantity> shares;
    private readonly Dictionary<Matrix, Quantity> attributions;

    /// <summary>Declares them.</summary>
    /// <param name="name">Before every name.</param>
    /// <param name="title">Of the weights, behind every title.</param>
    /// <param name="weights">θ, in formulas.</param>
    /// <param name="traced">How traces are had.</param>
    /// <param name="figures">Where the two figures stand in the report.</param>
    public WeightsQuantities(string name, string title, string weights, string traced, int figures)
    {
        var parts = new Figure(figures, $"Spectrum of the {title}: what the Gauss-Newton matrix is made of");
        var counts = new Figure(figures + 1, $"Spectrum of the {title}: outliers and mini-bulk");

        densities = Matrix.All.ToDictionary(m => m, m => new Quantity
        {
            Name = $"{name}.{m.Name}.density",
            Title = $"Spectral density of {m.Title}, {title}",
            Formula = $"density of {m.Symbol} over x = log₁₀ λ, λ in nats, from the largest of G downwards; what is missing of 1 lies below the axis, 0 among it; {Quadrature}",
            Source = Papers.Papyan + "; " + Papers.Quadrature,
            Unit = "share of the eigenvalues per decade",
            Scale = AxisScale.Log,
        });
        eigenvalues = Matrix.All.ToDictionary(m => m, m => new Quantity
        {
            Name = $"{name}.{m.Name}.eigenvalues",
            Title = $"Largest eigenvalues of {m.Title}, {title}",
            Formula = $"λ_j of {m.Symbol}, j = 1, 2 .. falling: the Ritz values known to 1 %, equal ones once",
            Source = Papers.Papyan,
            Unit = "nats",
            Scale = AxisScale.Log,
        });
        traces = new[] { Matrix.GaussNewton }.Concat(Matrix.Four).ToDictionary(m => m, m => new Quantity
        {
            Name = $"{name}.{m.Name}.trace",
            Title = $"Trace of {m.Title}, {title}",
            Formula = $"Tr {m.Symbol}, {traced}; {m.Definition}; θ {weights}",
            Source = Papers.Papyan,
            Unit = "nats",
            Scale = AxisScale.Log,
        });
        shares = Matrix.Four.ToDictionary(m => m, m => new Quantity
        {
            Name = $"{name}.{m.Name}.share",
            Title = $"Share of {m.Title} in the trace, {title}",
            Formula = $"Tr {m.Symbol}/Tr G, NaN where G is 0",
            Source = Papers.Papyan,
            Direction = m.Parts == Parts.Within ? Direction.LowerIsCollapsed : Direction.None,
            Figure = parts,
            Series = m.Symbol,
        });
        attributions = Matrix.Four.ToDictionary(m => m, m => new Quantity
        {
            Name = $"{name}.{m.Name}.attribution",
            Title = $"What {m.Title} gives to the outliers, {title}",
            Formula = $"u_jᵀ {m.Symbol} u_j/u_jᵀ G u_j at j = 1, 2 .. C, as far as half the Lanczos steps reach, u_j the eigenvectors of G, largest first; the four parts add up to 1",
            Source = Papers.Papyan,
        });
        Explained = new()
        {
            Name = $"{name}.outliers.explained",
            Title = $"Share of the outliers explained by class means, {title}",
            Formula = $"Σ_j u_jᵀ G_class u_j/Σ_j u_jᵀ G u_j, {OverOutliers}; 1 where the outliers are the class means' alone, NaN where G is 0",
            Source = Papers.Papyan,
            Direction = Direction.HigherIsCollapsed,
            Figure = parts,
            Series = "outliers explained",
        };
        Outliers = new()
        {
            Name = $"{name}.outliers",
            Title = $"Outliers, {title}",
            Formula = $"#{{j : λ_j(G) > λ_1(G − G_class)}}: eigenvalues that go when class means are knocked out, at most C",
            Source = Papers.Papyan + ": attribution by knock-out",
            Unit = "eigenvalues",
            Figure = counts,
            Series = "outliers",
        };
        MiniBulk = new()
        {
            Name = $"{name}.mini-bulk",
            Title = $"Mini-bulk, {title}",
            Formula = $"#{{j : λ_j(G − G_class) > λ_1(G − G_class − G_cross)}}: eigenvalues that go when cross-class means are knocked out too, at most C(C − 2), and at most the Lanczos steps",
            Source = Papers.Papyan + ": attribution by knock-out",
            Unit = "eigenvalues",
            Figure = counts,
            Series = "mini-bulk",
        };
    }

    public Quantity Explained { get; }

    public Quantity Outliers { get; }

    public Quantity MiniBulk { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Quantity> All =>
    [
        Outliers, MiniBulk, Explained, .. shares.Values, .. traces.Values, .. densities.Values, .. eigenvalues.Values, .. attributions.Values,
    ];

    public Quantity Density(Matrix matrix) => densities[matrix];

    public Quantity Eigenvalues(Matrix matrix) => eigenvalues[matrix];

    public Quantity Trace(Matrix matrix) => traces[matrix];

    public Quantity Share(Matrix part) => shares[part];

    public Quantity Attribution(Matrix part) => attributions[part];
}
