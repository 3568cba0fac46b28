using System.Globalization;
using System.Text;
using Harness.Reporting.Numbers;
using Harness.Reporting.Published;
using Harness.Results;

namespace Harness.Exporting;

/// <summary>table1.tex and matrix.tex: tables for a paper, with the package booktabs alone. Of several seeds the mean and its standard error.</summary>
internal static class LatexTables
{
    /// <summary>Writes both.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="run">The run.</param>
    public static IReadOnlyList<string> Write(string folder, RunView run)
    {
        var files = new[] { (Path.Combine(folder, "table1.tex"), Table1(run)), (Path.Combine(folder, "matrix.tex"), Matrix(run)) };
        foreach (var (path, text) in files) AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return [.. files.Select(f => f.Item1)];
    }

    /// <summary>Test accuracy at the first epoch of zero training error and at the last, beside the published one.</summary>
    internal static string Table1(RunView run)
    {
        var rows = new StringBuilder();
        var (recalled, terminal) = (false, false);
        foreach (var dataset in run.Datasets)
            foreach (var architecture in run.Architectures)
            {
                var seeds = run.At(architecture, dataset).Where(c => c.Done).ToArray();
                if (seeds.Length == 0) continue;
                var firsts = seeds.Select(c => c[Reading.TestAccuracy].At(c.ZeroErrorEpoch) ?? c[Reading.TestAccuracy].At(c.TerminalPhaseEpoch)).ToArray();
                var instead = seeds.Any(c => c[Reading.TestAccuracy].At(c.ZeroErrorEpoch) is null && c.TerminalPhaseEpoch is not null);
                var paper = PapyanTable1.Find(seeds[0].Spec.Dataset.Plugin, seeds[0].Spec.Architecture.Plugin);
                (recalled, terminal) = (recalled || paper?.Recalled == true, terminal || instead);
                string[] cells =
                [
                    Escape(run.Title(dataset)), Escape(architecture), seeds.Length.ToString(CultureInfo.InvariantCulture),
                    Mean(firsts, Percent) + (instead ? "\\rlap{$^\\ddagger$}" : ""), Mean(seeds.Select(c => c[Reading.TestAccuracy].Last), Percent),
                    paper is null ? "" : Percent(paper.AtZeroError / 100), paper is null ? "" : Percent(paper.AtLast / 100) + (paper.Recalled ? "\\rlap{$^\\dagger$}" : ""),
                ];
                rows.Append(string.Join(" & ", cells)).Append(" \\\\\n");
            }
        return $$"""
            % {{Comment(run.Plan.Name)}}: written by harness export --latex; needs \usepackage{booktabs}
            \begin{table}
            \caption{Test accuracy in percent at the first epoch of zero training error and at the last epoch, of this run and of Papyan, Han and Donoho (2020), table 1.{{(terminal ? " $^\\ddagger$At the first epoch of the terminal phase, where no measured epoch had zero training error." : "")}}{{(recalled ? " $^\\dagger$Recalled, not confirmed from the paper's text." : "")}}}
            \begin{tabular}{llrrrrr}
            \toprule
             & & & \multicolumn{2}{c}{this run} & \multicolumn{2}{c}{published} \\
            \cmidrule(lr){4-5} \cmidrule(lr){6-7}
            data set & network & seeds & zero error & last & zero error & last \\
            \midrule
            {{rows}}\bottomrule
            \end{tabular}
            \end{table}

            """;
    }

    /// <summary>NC1, test accuracy and DeepFool's radius at both ends of the terminal phase.</summary>
    internal static string Matrix(RunView run)
    {
        var rows = new StringBuilder();
        foreach (var architecture in run.Architectures)
            foreach (var dataset in run.Datasets)
            {
                var seeds = run.At(architecture, dataset);
                var name = $"{Escape(architecture)} & {Escape(run.Title(dataset))}";
                var done = seeds.Where(c => c.Done).ToArray();
                rows.Append(done.Length == 0
                    ? $"{name} & \\multicolumn{{7}}{{l}}{{{Escape(Hole(run, architecture, dataset, seeds))}}}"
                    : $"{name} & {done.Length} & {Ends(done, Reading.Nc1, General)} & {Ends(done, Reading.TestAccuracy, Percent)} & {Ends(done, Reading.Radius, General)}").Append(" \\\\\n");
            }
        return $$"""
            % {{Comment(run.Plan.Name)}}: written by harness export --latex; needs \usepackage{booktabs}
            \begin{table}
            \caption{NC1 of the training features, test accuracy in percent and relative DeepFool radius at the first epoch of the terminal phase (TPT) and at the last epoch.}
            \begin{tabular}{llrrrrrrr}
            \toprule
             & & & \multicolumn{2}{c}{NC1} & \multicolumn{2}{c}{accuracy} & \multicolumn{2}{c}{radius} \\
            \cmidrule(lr){4-5} \cmidrule(lr){6-7} \cmidrule(lr){8-9}
            network & data set & seeds & TPT & last & TPT & last & TPT & last \\
            \midrule
            {{rows}}\bottomrule
            \end{tabular}
            \end{table}

            """;
    }

    /// <summary>Text as LaTeX prints it.</summary>
    internal static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '\\' => "\\textbackslash{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    private static string Hole(RunView run, string architecture, string dataset, IReadOnlyList<CellView> seeds) =>
        seeds.Count == 0 ? run.Absence(architecture, dataset) : string.Join(", ", seeds.Select(c => c.State).Distinct());

    private static string Ends(CellView[] seeds, Reading reading, Func<double, string> print) =>
        $"{Mean(seeds.Select(c => c[reading].At(c.TerminalPhaseEpoch)), print)} & {Mean(seeds.Select(c => c[reading].Last), print)}";

    /// <summary>The mean over the seeds that have the number; of two and more with its standard error.</summary>
    private static string Mean(IEnumerable<double?> values, Func<double, string> print)
    {
        var known = values.OfType<double>().Where(double.IsFinite).ToArray();
        if (known.Length == 0) return "--";
        var mean = known.Average();
        if (known.Length == 1) return print(mean);
        var error = Math.Sqrt(known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1) / known.Length);
        return $"{print(mean)} $\\pm$ {print(error)}";
    }

    private static string Percent(double share) => Minus((100 * share).ToString("F2", CultureInfo.InvariantCulture));

    private static string General(double value)
    {
        if (value == 0 || Math.Abs(value) is >= 1e-3 and < 1e5) return Minus(value.ToString("G3", CultureInfo.InvariantCulture));
        var parts = value.ToString("0.00e+0", CultureInfo.InvariantCulture).Split('e');
        return $"${parts[0]}\\times 10^{{{int.Parse(parts[1], CultureInfo.InvariantCulture)}}}$";
    }

    private static string Minus(string number) => number.StartsWith('-') ? $"$-${number[1..]}" : number;

    private static string Comment(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
}
