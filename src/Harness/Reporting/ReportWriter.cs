namespace Harness.Reporting; public static class ReportWriter { public static void Write(Harness.Results.RunFolder f) { } }
