using System.Globalization;
using System.Text;
using ExcelDataReader;
using Unbrush.Core;

namespace Unbrush.Feeds.Reading;

/// <summary>Sheets of an Excel workbook as CSV.</summary>
internal static class Workbook
{
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Writes each sheet that holds anything: the first under the workbook's name, the others with the sheet's behind it.</summary>
    /// <exception cref="UnbrushException">It is no workbook, or is damaged.</exception>
    public static List<string> ToCsv(string path, string folder)
    {
        var files = new List<string>();
        try
        {
            using var stream = File.OpenRead(path);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
            do
            {
                var name = Path.GetFileNameWithoutExtension(path) + (files.Count == 0 ? "" : "-" + string.Concat(reader.Name.Where(char.IsLetterOrDigit)) + files.Count.ToString(CultureInfo.InvariantCulture)) + ".csv";
                var to = Path.Combine(folder, name);
                if (Sheet(reader, to))
                    files.Add(to);
                else
                    File.Delete(to);
            }
            while (reader.NextResult());
        }
        catch (Exception e) when (e is not UnbrushException and not OutOfMemoryException)
        {
            // The reader throws many kinds at what is no workbook; all mean the same to the user.
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} is no readable workbook: {e.Message.Split('\n')[0]} Save it again as .xlsx or as CSV.", $"{path} 不是可读的工作簿：{e.Message.Split('\n')[0]} 请重新另存为 .xlsx 或 CSV。"), e);
        }

        return files;
    }

    private static bool Sheet(IExcelDataReader reader, string to)
    {
        using var writer = new StreamWriter(to, append: false, new UTF8Encoding(false));
        var any = false;
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Cell(reader.GetValue(i));
            if (!any && Array.TrueForAll(cells, c => c.Length == 0))
                continue;
            any = true;
            writer.Write(string.Join(',', cells.Select(Quote)));
            writer.Write('\n');
        }

        return any;
    }

    /// <summary>A number of more than fifteen digits has been rounded by the spreadsheet: it is written so that it is seen to be.</summary>
    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTime t => t.ToString(t.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double d when Math.Abs(d) >= 1e15 => d.ToString("0.#####E+00", CultureInfo.InvariantCulture),
        double d => d.ToString("0.###############", CultureInfo.InvariantCulture),
        bool b => b ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
