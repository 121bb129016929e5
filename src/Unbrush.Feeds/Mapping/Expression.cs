using System.Globalization;

namespace Unbrush.Feeds.Mapping;

/// <summary>The type of an expression.</summary>
internal enum ExpressionType
{
    /// <summary>Text, which every cell of a file is.</summary>
    Text,

    /// <summary>An exact decimal.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>A node of an expression.</summary>
internal abstract record Expression
{
    /// <summary>A text in quotes.</summary>
    internal sealed record Literal(string Value) : Expression;

    /// <summary>A number.</summary>
    internal sealed record Figure(decimal Value) : Expression;

    /// <summary>A column of the file.</summary>
    internal sealed record Column(string Name) : Expression;

    /// <summary>An operator between two.</summary>
    internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

    /// <summary><c>not</c>, <c>is null</c>, <c>is not null</c>, <c>-</c>.</summary>
    internal sealed record Unary(string Operator, Expression Operand) : Expression;

    /// <summary>A function of the language.</summary>
    internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;
}

/// <summary>An expression cannot be read or does not make sense.</summary>
internal sealed class ExpressionException(string message) : Exception(message);

/// <summary>
/// Reads the language of mapping files: columns (<c>amount</c>, <c>[any name]</c>), texts in single quotes, numbers, <c>+ - * / || = &lt;&gt; &lt; &gt; and or not is null</c>
/// and the functions of <see cref="ExpressionSql"/>. There is nothing else in it: no statement, no table, no file.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Longest = 4000;
    private const int Deepest = 40;

    private static readonly string[][] Levels = [["or"], ["and"], ["=", "<>", "!=", "<=", ">=", "<", ">"], ["||"], ["+", "-"], ["*", "/"]];

    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">It is none; the message says where and why.</exception>
    public static Expression Parse(string text)
    {
        if (text.Length > Longest)
            throw new ExpressionException($"the expression has over {Longest} characters");
        var parser = new ExpressionParser(text);
        var expression = parser.Level(0);
        parser.Blanks();
        return parser._at == text.Length ? expression : throw parser.Error("nothing more was expected");
    }

    private Expression Level(int level)
    {
        if (level == Levels.Length)
            return Prefix();
        if (level == 0 && ++_depth > Deepest)
            throw Error("the expression is nested too deeply");
        var left = Level(level + 1);
        for (var terms = 0; Operator(Levels[level]) is { } op; terms++)
        {
            if (terms > 500)
                throw Error("the expression has too many terms");
            left = new Expression.Binary(op == "!=" ? "<>" : op, left, Level(level + 1));
        }

        if (level == 2 && Word("is"))
            left = new Expression.Unary(Word("not") ? Null("is not null") : Null("is null"), left);
        if (level == 0)
            _depth--;
        return left;
    }

    private string Null(string op) => Word("null") ? op : throw Error("'null' was expected");

    private Expression Prefix()
    {
        if (++_depth > Deepest)
            throw Error("the expression is nested too deeply");
        try
        {
            if (Word("not"))
                return new Expression.Unary("not", Prefix());
            if (Sign('-'))
                return new Expression.Unary("-", Prefix());
            return Primary();
        }
        finally
        {
            _depth--;
        }
    }

    private Expression Primary()
    {
        Blanks();
        if (_at >= _text.Length)
            throw Error("the expression ends where a value was expected");
        var c = _text[_at];
        if (Sign('('))
        {
            var inner = Level(0);
            return Sign(')') ? inner : throw Error("')' was expected");
        }

        if (c == '\'')
            return new Expression.Literal(Until('\''));
        if (c == '[')
            return new Expression.Column(Until(']'));
        if (char.IsAsciiDigit(c))
        {
            var start = _at;
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
                _at++;
            return decimal.TryParse(_text[start.._at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? new Expression.Figure(number) : throw Error("that is no number");
        }

        if (!IsName(c))
            throw Error($"'{c}' was not expected");
        var begin = _at;
        while (_at < _text.Length && IsName(_text[_at]))
            _at++;
        var name = _text[begin.._at];
        if (!Sign('('))
            return new Expression.Column(name);
        var arguments = new List<Expression>();
        if (!Sign(')'))
        {
            do
            {
                if (arguments.Count == 20)
                    throw Error("a function takes at most 20 values");
                arguments.Add(Level(0));
            }
            while (Sign(','));
            if (!Sign(')'))
                throw Error("')' was expected");
        }

        return new Expression.Call(name.ToLowerInvariant(), arguments);
    }

    /// <summary>What stands up to the closing sign; doubled, it stands for itself.</summary>
    private string Until(char close)
    {
        var value = new System.Text.StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != close)
                value.Append(_text[_at]);
            else if (_at + 1 < _text.Length && _text[_at + 1] == close)
                value.Append(_text[_at++]);
            else
            {
                _at++;
                return value.ToString();
            }
        }

        throw Error($"'{close}' was expected");
    }

    private string? Operator(string[] operators)
    {
        Blanks();
        foreach (var op in operators)
        {
            if (char.IsAsciiLetter(op[0]))
            {
                if (Word(op))
                    return op;
            }
            else if (_text.AsSpan(_at).StartsWith(op))
            {
                _at += op.Length;
                return op;
            }
        }

        return null;
    }

    private bool Word(string word)
    {
        Blanks();
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase) || (_at + word.Length < _text.Length && IsName(_text[_at + word.Length])))
            return false;
        _at += word.Length;
        return true;
    }

    private bool Sign(char sign)
    {
        Blanks();
        if (_at >= _text.Length || _text[_at] != sign)
            return false;
        _at++;
        return true;
    }

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private ExpressionException Error(string why) => new($"at character {_at + 1}: {why}");
}
