using System.Text;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Exporting;

/// <summary>Takes a run's numbers elsewhere. Needs neither libtorch nor plugins: all is in the run's folder.</summary>
/// <param name="folder">The run's folder, finished or not.</param>
/// <param name="target">Where to; made where it is not there.</param>
public sealed class RunExport(RunFolder folder, string target)
{
    private readonly NumberRows numbers = new(folder);

    /// <summary>numbers.csv, with schema.json beside it.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Csv()
    {
        CsvNumbers.Write(In("numbers.csv"), numbers);
        return [In("numbers.csv"), Schema()];
    }

    /// <summary>numbers.parquet, with schema.json beside it.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Parquet()
    {
        ParquetNumbers.Write(In("numbers.parquet"), numbers);
        return [In("numbers.parquet"), Schema()];
    }

    /// <summary>tensorboard/: an event file a cell.</summary>
    /// <returns>The folder.</returns>
    public IReadOnlyList<string> TensorBoard()
    {
        TensorBoardNumbers.Write(In("tensorboard"), numbers, folder.ReadEnvironment()?.Started);
        return [In("tensorboard")];
    }

    /// <summary>table1.tex and matrix.tex.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<string> Latex() => LatexTables.Write(target, View());

    /// <summary>summary.md.</summary>
    /// <returns>The file.</returns>
    public IReadOnlyList<string> Markdown()
    {
        var text = MarkdownSummary.Of(View());
        AtomicFile.Write(In("summary.md"), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return [In("summary.md")];
    }

    private string Schema()
    {
        var columns = NumberColumn.All.Select(c => new { c.Name, c.Type, c.Meaning });
        JsonFile.Write(In("schema.json"), new { NumberColumn.Schema, Columns = columns });
        return In("schema.json");
    }

    private RunView View() => new(numbers.Plan, folder.ReadEnvironment(), folder.ReadCells(numbers.Plan, (place, cell) => new CellView(place, cell)));

    private string In(string name) => Path.Combine(target, name);
}
