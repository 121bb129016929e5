using System.Data.Common;

namespace Unbrush.Casework.Storage;

/// <summary>Parameterised statements over any ADO.NET connection; parameters are named <c>@p0</c>, <c>@p1</c> … in order.</summary>
internal static class Sql
{
    public static DbCommand Command(this DbConnection connection, DbTransaction? within, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = within;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static int Execute(this DbConnection connection, DbTransaction? within, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(within, sql, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this DbConnection connection, DbTransaction? within, Func<DbDataReader, T> row, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(within, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    public static long Scalar(this DbConnection connection, DbTransaction? within, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(within, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, null) : 0;
    }

    public static string? Text(this DbConnection connection, DbTransaction? within, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(within, sql, values);
        return command.ExecuteScalar() as string;
    }

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? LongOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
