using DuckDB.NET.Data;
using Unbrush.Casework.Findings;

namespace Unbrush.Casework.Policy;

/// <summary>Reads the feed's table of labels.</summary>
public static class Labels
{
    /// <summary>Labels by subject: true is fake. The table does not tell outlets from centres: a facility is read as an outlet.</summary>
    /// <param name="folder">A folder with <c>labels.csv</c> or <c>labels.parquet</c>.</param>
    public static IReadOnlyDictionary<Subject, bool> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw Faults.Unreadable($"There is no folder '{folder}'.", $"没有文件夹 '{folder}'。");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        if (!FindingsTable.Load(connection, folder, "labels", "d_", [new("subject_kind", "VARCHAR", true), new("scope", "VARCHAR", true), new("subject_id", "VARCHAR", true), new("label", "VARCHAR", true)]))
            throw Faults.Unreadable($"'{folder}' holds no labels.csv or labels.parquet.", $"'{folder}' 中没有 labels.csv 或 labels.parquet。");
        var labels = new Dictionary<Subject, bool>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT subject_kind, scope, subject_id, label = 'fake' FROM d_labels";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            SubjectKind? kind = reader.GetString(0) switch
            {
                "order" => SubjectKind.Order,
                "review" => SubjectKind.Review,
                "seller" => SubjectKind.Shop,
                "facility" => SubjectKind.Outlet,
                _ => null,
            };
            if (kind is { } known)
                labels[new(known, reader.GetString(1), reader.GetString(2))] = reader.GetBoolean(3);
        }

        return labels;
    }
}
