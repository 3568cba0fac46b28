using Harness;
using Harness.Metrics.NeuralCollapse;

namespace Metrics.Tests.NeuralCollapse;

public class NeuralCollapseMetricTests
{
    private static readonly NeuralCollapseMetric Metric = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void ExactCollapseIsZeroThroughout(int classes)
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(classes));

        // Ranks count directions and lengths are lengths; all else is a distance from collapse.
        var length = Math.Sqrt(classes * (classes - 1));
        foreach (var m in measured)
        {
            var expected = m.Quantity switch
            {
                "nc1.rank" or "numerical-rank.means" => classes - 1,
                "norm.features" or "norm.means" or "norm.classifiers" => length,
                _ => 0,
            };
            Assert.True(Math.Abs(expected - m.Value!.Value) < 1e-13, $"{m.Quantity} was to be {expected}, and is {m.Value}.");
        }
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Collected.Of(Metric, FeatureFixture.Random(new Seed(1), 3, 5));
        var expected = Metric.Card.Quantities.SelectMany(q => q.Name switch
        {
            var name when name.Contains(".classifiers") => [(name, null)],
            var name => new (string, Split?)[] { (name, Split.Train), (name, Split.Test) },
        });
        Assert.Equal(expected.Order(), measured.Select(m => (m.Quantity, m.Split)).Order());
        Assert.Equal([2, 3, 4, 5, 6, 7, 11], Metric.Card.Quantities.Select(q => q.Figure?.Order).OfType<int>().Distinct().Order());
    }

    // Computed apart in exact rational arithmetic (Moore-Penrose conditions checked), square roots to 40 digits.
    [Theory]
    [InlineData(4, 7, 1, 1.5327104801322908, 3, 0.1889745167015362, 0.3256553892429877, 0.24217931897014103, 0.13060838363644486, 0.3596610167190298, 0.46730802946347205, 2.154373541669868, 11.0 / 14)]
    [InlineData(6, 3, 2, 4.201419090423508, 3, 0.35655960339235376, 0.4886396974289275, 0.4031769094065339, 0.2233918329728716, 0.5200407310398253, 0.5315037513222548, 2.8501364198890045, 23.0 / 27)]
    public void ValuesAreThoseOfExactArithmetic(
        int classes, int dimension, long seed, double nc1, int rank, double normMeans, double angleMeans, double maximalMeans,
        double normClassifiers, double angleClassifiers, double maximalClassifiers, double duality, double centre)
    {
        var measured = Collected.Of(Metric, ExactFixture.Of(classes, dimension, seed));

        foreach (var split in Enum.GetValues<Split>())
        {
            Near(nc1, measured.Value("nc1", split));
            Assert.Equal(rank, measured.Value("nc1.rank", split));
            Near(normMeans, measured.Value("equinorm.means", split));
            Near(angleMeans, measured.Value("equiangularity.means", split));
            Near(maximalMeans, measured.Value("maximal-angle.means", split));
            Near(duality, measured.Value("self-duality", split));
        }
        Near(normClassifiers, measured.Value("equinorm.classifiers", null));
        Near(angleClassifiers, measured.Value("equiangularity.classifiers", null));
        Near(maximalClassifiers, measured.Value("maximal-angle.classifiers", null));
        Near(centre, measured.Value("nearest-class-centre", Split.Test));
        Near(centre, measured.Value("nearest-class-centre", Split.Train));
    }

    /// <summary>Computed apart like those above.</summary>
    public static TheoryData<int, int, long, Dictionary<string, double>> OtherConventions => new()
    {
        {
            4, 7, 1, new()
            {
                ["nc1.undivided"] = 4 * 1.5327104801322908, ["trace-ratio"] = 3.235480304225782, ["cdnv"] = 1.50228250250934,
                ["simplex.means"] = 0.512824966389883, ["simplex.duality"] = 1.4901939591651678, ["self-duality.centred"] = 2.1884963162647053,
                ["bias-collapse"] = 169240.24213258052, ["norm.features"] = 1512.8566986740173, ["norm.means"] = 715.9445862147027,
                ["norm.global-mean"] = 328.3827211956517, ["norm.classifiers"] = 1385.2943559846497, ["simplex.classifiers"] = 0.8425634241753553,
                ["simplex.classifiers.centred"] = 0.6031756392870583, ["equinorm.classifiers.centred"] = 0.1301598082037725,
                ["equiangularity.classifiers.centred"] = 0.4318450810052637, ["maximal-angle.classifiers.centred"] = 0.39729511213510343,
            }
        },
        {
            6, 3, 2, new()
            {
                ["nc1.undivided"] = 6 * 4.201419090423508, ["trace-ratio"] = 4.500346948032692, ["cdnv"] = 3.8163417497804675,
                ["simplex.means"] = 0.7983707176520687, ["simplex.duality"] = 1.6438890324656021, ["self-duality.centred"] = 3.0199596581771884,
                ["bias-collapse"] = 338907.1271403011, ["norm.features"] = 961.5890533129318, ["norm.means"] = 390.56629197122106,
                ["norm.global-mean"] = 231.13560457793866, ["norm.classifiers"] = 1057.226410836394, ["simplex.classifiers"] = 1.028437219003108,
                ["simplex.classifiers.centred"] = 0.8401734761260399, ["equinorm.classifiers.centred"] = 0.25489254826682534,
                ["equiangularity.classifiers.centred"] = 0.555834852704202, ["maximal-angle.classifiers.centred"] = 0.4215217123179626,
            }
        },
    };

    [Theory, MemberData(nameof(OtherConventions))]
    public void OtherConventionsAreThoseOfExactArithmetic(int classes, int dimension, long seed, Dictionary<string, double> values)
    {
        var measured = Collected.Of(Metric, ExactFixture.Of(classes, dimension, seed));
        foreach (var (quantity, value) in values)
        {
            var found = measured.Where(m => m.Quantity == quantity).ToArray();
            Assert.NotEmpty(found);
            foreach (var m in found) ExactFixture.Near(value, m.Value!.Value, quantity);
        }
    }

    [Fact]
    public void TheBiasIsPartOfItsCollapse()
    {
        // W μ_G = (3, 6): what the bias takes away is gone, and nothing else is.
        var fixture = new FeatureFixture([[1], [2]], [-3, -2], [[2], [4]], [0, 1], [[2], [4]], [0, 1]);
        Assert.Equal(4, Collected.Of(Metric, fixture).Value("bias-collapse", Split.Train), 1e-12);
    }

    [Fact]
    public void NumericalRankCountsDirectionsByTheirWeight()
    {
        // Means 2 e_1, −2 e_1, e_2, −e_2: singular values 2√2 and √2, (2 + 1)²/(4 + 1) = 9/5.
        double[][] features = [[2, 0], [-2, 0], [0, 1], [0, -1]];
        long[] labels = [0, 1, 2, 3];
        Assert.Equal(1.8, Collected.Of(Metric, new FeatureFixture(features, [0, 0, 0, 0], features, labels, features, labels)).Value("numerical-rank.means", Split.Train), 1e-12);
    }

    [Theory]
    [InlineData(2, 6)]
    [InlineData(5, 16)]
    [InlineData(10, 10)]
    [InlineData(10, 24)]
    [InlineData(12, 4)]
    [InlineData(6, 1)]
    public void ValuesAreThoseOfDenseMatrices(int classes, int dimension)
    {
        var fixture = FeatureFixture.Random(new Seed(11).Derive("dense", 100 * classes + dimension), classes, dimension);
        var measured = Collected.Of(Metric, fixture);
        foreach (var (split, features, labels) in new[] { (Split.Train, fixture.Train, fixture.TrainLabels), (Split.Test, fixture.Test, fixture.TestLabels) })
        {
            var centred = DenseReference.CentredMeans(features, labels, classes);
            Assert.Equal(Math.Min(dimension, classes - 1), measured.Value("nc1.rank", split));
            Near(DenseReference.Nc1(features, labels, classes), measured.Value("nc1", split));
            Near(DenseReference.Equinorm(centred), measured.Value("equinorm.means", split));
            Near(DenseReference.Equiangularity(centred), measured.Value("equiangularity.means", split));
            Near(DenseReference.MaximalAngle(centred), measured.Value("maximal-angle.means", split));
            Near(DenseReference.SelfDuality(fixture.Weight, centred), measured.Value("self-duality", split));
            Near(DenseReference.Cdnv(features, labels, classes), measured.Value("cdnv", split));
            Near(DenseReference.Disagreement(fixture, features), measured.Value("nearest-class-centre", split));
        }
        Near(DenseReference.Equinorm(fixture.Weight), measured.Value("equinorm.classifiers", null));
        Near(DenseReference.Equiangularity(fixture.Weight), measured.Value("equiangularity.classifiers", null));
        Near(DenseReference.MaximalAngle(fixture.Weight), measured.Value("maximal-angle.classifiers", null));
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Abs(expected) + 1e-13);
}
