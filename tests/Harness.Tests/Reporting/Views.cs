using System.Text;
using Harness.Reporting;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Tests.Reporting;

/// <summary>What the report makes of a run that lies in no folder.</summary>
internal static class Views
{
    public static RunView Of(RunRecord record) => new(record.Plan, record.Environment, [.. record.Cells.Select((cell, place) => new CellView(place, cell))]);

    public static string Page(RunRecord record)
    {
        using var page = new MemoryStream();
        ReportPage.Write(Of(record), cell => record.Cells[cell.Place], page);
        return Encoding.UTF8.GetString(page.ToArray());
    }
}
