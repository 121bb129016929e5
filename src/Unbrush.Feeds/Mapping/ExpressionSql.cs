using System.Globalization;
using System.Text;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Personal;

namespace Unbrush.Feeds.Mapping;

/// <summary>
/// Turns expressions into SQL. Whatever the mapping says, the SQL is made of this file's own words, of checked columns and of quoted
/// texts; personal data pass through the pseudonymiser before they reach a table.
/// </summary>
/// <param name="columns">The SQL of a column of the file, or null where it has none of that name.</param>
/// <param name="codes">The mapping's own code tables.</param>
/// <param name="lookup">Makes the SQL that sends a text through a function of ours.</param>
/// <param name="identities">Keys personal data.</param>
internal sealed class ExpressionSql(Func<string, string?> columns, IReadOnlyDictionary<string, Dictionary<string, string>> codes, Func<string, Func<string, string?>, string> lookup, Identities identities)
{
    /// <summary>The functions, for messages and the manual.</summary>
    public static IReadOnlyList<string> Functions { get; } =
        ["trim", "lower", "upper", "left", "right", "replace", "part", "digits", "length", "coalesce", "if", "number", "money", "text", "round", "abs", "time", "epoch", "code", "scan_action", "order_status", "carrier", "region", "phone_key", "email_key", "account_key", "address_key", "address_kind"];

    /// <summary>The SQL of an expression as text, which is what a cell of the contract is before it is typed.</summary>
    /// <exception cref="ExpressionException">A column or function is missing, or types do not fit.</exception>
    public string Text(Expression expression)
    {
        var (sql, type) = Sql(expression);
        return type switch
        {
            ExpressionType.Text => sql,
            ExpressionType.Truth => $"CASE WHEN {sql} THEN '1' WHEN NOT ({sql}) THEN '0' END",
            _ => $"CAST({sql} AS VARCHAR)",
        };
    }

    /// <summary>The SQL of a condition.</summary>
    public string Truth(Expression expression) => Of(expression, ExpressionType.Truth);

    private (string Sql, ExpressionType Type) Sql(Expression expression) => expression switch
    {
        Expression.Literal literal => (Quote(literal.Value), ExpressionType.Text),
        Expression.Figure figure => ($"CAST({figure.Value.ToString(CultureInfo.InvariantCulture)} AS DECIMAL(38, 10))", ExpressionType.Number),
        Expression.Column column => (columns(column.Name) ?? throw new ExpressionException($"the file has no column '{column.Name}'"), ExpressionType.Text),
        Expression.Unary { Operator: "-" } minus => ($"(-{Of(minus.Operand, ExpressionType.Number)})", ExpressionType.Number),
        Expression.Unary { Operator: "not" } not => ($"(NOT {Of(not.Operand, ExpressionType.Truth)})", ExpressionType.Truth),
        Expression.Unary isNull => ($"(nullif(trim({Text(isNull.Operand)}), '') {isNull.Operator.ToUpperInvariant()})", ExpressionType.Truth),
        Expression.Binary binary => Operation(binary),
        Expression.Call call => Function(call),
        _ => throw new ExpressionException("that is no expression"),
    };

    private (string, ExpressionType) Operation(Expression.Binary binary)
    {
        switch (binary.Operator)
        {
            case "and" or "or":
                return ($"({Of(binary.Left, ExpressionType.Truth)} {binary.Operator.ToUpperInvariant()} {Of(binary.Right, ExpressionType.Truth)})", ExpressionType.Truth);
            case "||":
                return ($"({Of(binary.Left, ExpressionType.Text)} || {Of(binary.Right, ExpressionType.Text)})", ExpressionType.Text);
            case "+" or "-" or "*":
                return ($"({Of(binary.Left, ExpressionType.Number)} {binary.Operator} {Of(binary.Right, ExpressionType.Number)})", ExpressionType.Number);
            case "/":
                // Nothing is divided by nothing: the result is unknown.
                return ($"CAST({Of(binary.Left, ExpressionType.Number)} / nullif({Of(binary.Right, ExpressionType.Number)}, 0) AS DECIMAL(38, 10))", ExpressionType.Number);
            default:
                var (left, leftType) = Sql(binary.Left);
                var (right, rightType) = Sql(binary.Right);
                if (leftType != rightType)
                    throw new ExpressionException($"'{binary.Operator}' compares a {Name(leftType)} with a {Name(rightType)}; use number(…) or text(…)");
                // A missing cell is unlike any value: it is neither true nor false only where more or less is asked.
                var op = binary.Operator switch { "=" => "IS NOT DISTINCT FROM", "<>" => "IS DISTINCT FROM", var other => other };
                return ($"({left} {op} {right})", ExpressionType.Truth);
        }
    }

    private (string, ExpressionType) Function(Expression.Call call)
    {
        string Arg(int i, ExpressionType type = ExpressionType.Text) => i < call.Arguments.Count ? Of(call.Arguments[i], type) : throw Count(call);
        string Fixed(int i) => i < call.Arguments.Count && call.Arguments[i] is Expression.Literal literal ? literal.Value : throw new ExpressionException($"{call.Function}: value {i + 1} must be a text in quotes");
        int Whole(int i, int most) => i < call.Arguments.Count && call.Arguments[i] is Expression.Figure figure && figure.Value == decimal.Truncate(figure.Value) && figure.Value >= 0 && figure.Value <= most
            ? (int)figure.Value
            : throw new ExpressionException($"{call.Function}: value {i + 1} must be a whole number up to {most}");
        void Takes(int least, int most)
        {
            if (call.Arguments.Count < least || call.Arguments.Count > most)
                throw Count(call);
        }

        switch (call.Function)
        {
            case "trim" or "lower" or "upper":
                Takes(1, 1);
                return ($"{call.Function}({Arg(0)})", ExpressionType.Text);
            case "left" or "right":
                Takes(2, 2);
                return ($"{call.Function}({Arg(0)}, {Whole(1, 10_000)})", ExpressionType.Text);
            case "replace":
                Takes(3, 3);
                return ($"replace({Arg(0)}, {Quote(Fixed(1))}, {Quote(Fixed(2))})", ExpressionType.Text);
            case "part":
                Takes(3, 3);
                return ($"nullif(split_part({Arg(0)}, {Quote(Fixed(1))}, {Whole(2, 1000)}), '')", ExpressionType.Text);
            case "digits":
                Takes(1, 1);
                return ($"nullif(regexp_replace({Arg(0)}, '[^0-9]', '', 'g'), '')", ExpressionType.Text);
            case "length":
                Takes(1, 1);
                return ($"CAST(length({Arg(0)}) AS DECIMAL(38, 10))", ExpressionType.Number);
            case "coalesce":
                Takes(1, 20);
                return ($"coalesce({string.Join(", ", call.Arguments.Select(a => $"nullif(trim({Of(a, ExpressionType.Text)}), '')"))})", ExpressionType.Text);
            case "if":
                Takes(2, 3);
                return ($"CASE WHEN {Arg(0, ExpressionType.Truth)} THEN {Text(call.Arguments[1])}{(call.Arguments.Count > 2 ? " ELSE " + Text(call.Arguments[2]) : "")} END", ExpressionType.Text);
            case "number" or "money":
                Takes(1, 1);
                return ($"TRY_CAST(regexp_replace({Arg(0)}, '[¥￥$€£,元 \\t]', '', 'g') AS DECIMAL(38, 10))", ExpressionType.Number);
            case "text":
                Takes(1, 1);
                return (Text(call.Arguments[0]), ExpressionType.Text);
            case "round":
                Takes(2, 2);
                return ($"round({Arg(0, ExpressionType.Number)}, {Whole(1, 10)})", ExpressionType.Number);
            case "abs":
                Takes(1, 1);
                return ($"abs({Arg(0, ExpressionType.Number)})", ExpressionType.Number);
            case "time":
                Takes(1, 3);
                return (Time(Arg(0), call.Arguments.Count > 1 ? Fixed(1) : null, call.Arguments.Count > 2 ? Fixed(2) : null), ExpressionType.Text);
            case "epoch":
                Takes(1, 1);
                var n = $"TRY_CAST({Arg(0)} AS BIGINT)";
                return ($"CASE WHEN {n} BETWEEN 946684800 AND 4102444800 THEN CAST(make_timestamp({n} * 1000000) AS VARCHAR) || '+00' WHEN {n} BETWEEN 946684800000 AND 4102444800000 THEN CAST(make_timestamp({n} * 1000) AS VARCHAR) || '+00' ELSE {Arg(0)} END", ExpressionType.Text);
            case "code":
                Takes(2, 2);
                return (Code(Fixed(0), Arg(1)), ExpressionType.Text);
            case "scan_action":
                Takes(2, 2);
                var source = Fixed(0);
                return (lookup(Arg(1), v => (ScanActions.OfCode(source, v) ?? ScanActions.OfText(source, v))?.Action ?? v), ExpressionType.Text);
            case "order_status":
                Takes(2, 2);
                var statuses = Fixed(0);
                return (lookup(Arg(1), v => OrderStatuses.Of(statuses, v)), ExpressionType.Text);
            case "carrier":
                Takes(1, 2);
                var spelled = call.Arguments.Count > 1 ? Fixed(0) : "name";
                return (lookup(Arg(call.Arguments.Count - 1), v => Carriers.Of(spelled, v)), ExpressionType.Text);
            case "region":
                Takes(1, 5);
                return (lookup($"concat_ws('', {string.Join(", ", call.Arguments.Select(a => Of(a, ExpressionType.Text)))})", v => Addresses.Normalise(v).Region), ExpressionType.Text);
            case "phone_key":
                Takes(1, 1);
                return (lookup(Arg(0), v => identities.Phone(v)), ExpressionType.Text);
            case "email_key":
                Takes(1, 1);
                return (lookup(Arg(0), identities.Email), ExpressionType.Text);
            case "account_key":
                Takes(1, 1);
                return (lookup(Arg(0), v => identities.Account(v)), ExpressionType.Text);
            case "address_key" or "address_kind":
                Takes(1, 6);
                var whole = $"concat_ws(' ', {string.Join(", ", call.Arguments.Select(a => Of(a, ExpressionType.Text)))})";
                return (lookup(whole, call.Function == "address_key" ? v => identities.Address(v).Key is { IsEmpty: false } key ? key.ToString() : null : v => identities.Address(v).Kind), ExpressionType.Text);
            default:
                throw new ExpressionException($"there is no function '{call.Function}'; there are {string.Join(", ", Functions)}");
        }
    }

    private string Of(Expression expression, ExpressionType wanted)
    {
        var (sql, type) = Sql(expression);
        if (type == wanted)
            return sql;
        // A cell is text; where a number is wanted it must be said how it is to be read.
        throw new ExpressionException($"a {Name(wanted)} was expected and a {Name(type)} found; use {(wanted == ExpressionType.Number ? "number(…)" : wanted == ExpressionType.Text ? "text(…)" : "a comparison")}");
    }

    private string Code(string name, string cell)
    {
        if (!codes.TryGetValue(name, out var table))
            throw new ExpressionException($"there is no code table '{name}' in the mapping");
        if (table.Count == 0)
            return cell;
        var cases = new StringBuilder($"CASE trim({cell})");
        foreach (var (from, to) in table.OrderBy(p => p.Key, StringComparer.Ordinal))
            cases.Append(CultureInfo.InvariantCulture, $" WHEN {Quote(from)} THEN nullif({Quote(to)}, '')");
        // A code that is not in the table comes through as it is, to be noted as the contract says.
        return cases.Append(CultureInfo.InvariantCulture, $" ELSE {cell} END").ToString();
    }

    /// <summary>A time by its pattern (<c>yyyy-MM-dd HH:mm:ss</c>), in a zone; what does not fit comes through as it is, to be quarantined.</summary>
    private static string Time(string cell, string? pattern, string? zone)
    {
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new ExpressionException($"there is no time zone '{zone}'");
        var parsed = pattern is null ? $"TRY_CAST(trim({cell}) AS TIMESTAMP)" : $"try_strptime(trim({cell}), {Quote(Strptime(pattern))})";
        return zone is null
            ? $"coalesce(strftime({parsed}, '%Y-%m-%d %H:%M:%S.%f'), {cell})"
            : $"coalesce(CAST({parsed} AT TIME ZONE {Quote(zone)} AS VARCHAR), {cell})";
    }

    private static string Strptime(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == c)
                run++;
            var token = new string(c, run);
            result.Append(token switch
            {
                "yyyy" => "%Y", "yy" => "%y", "MM" => "%m", "M" => "%-m", "dd" => "%d", "d" => "%-d", "HH" => "%H", "H" => "%-H", "hh" => "%I", "h" => "%-I",
                "mm" => "%M", "m" => "%-M", "ss" => "%S", "s" => "%-S", "fff" => "%g", "ffffff" => "%f", "tt" => "%p", "zzz" => "%z",
                _ when char.IsAsciiLetter(c) => throw new ExpressionException($"'{token}' is no part of a time's pattern; there are yyyy MM dd HH mm ss fff tt"),
                _ => token.Replace("%", "%%", StringComparison.Ordinal),
            });
            i += run;
        }

        return result.ToString();
    }

    private static string Quote(string text) => ImportContext.Quote(text.Replace("\0", "", StringComparison.Ordinal));

    private static string Name(ExpressionType type) => type switch { ExpressionType.Text => "text", ExpressionType.Number => "number", _ => "condition" };

    private static ExpressionException Count(Expression.Call call) => new($"{call.Function} does not take {call.Arguments.Count} values");
}
