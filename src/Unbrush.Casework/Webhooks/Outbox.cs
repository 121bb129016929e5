using System.Text.Json;
using System.Text.Json.Nodes;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Webhooks;

/// <summary>The types of events.</summary>
public static class EventTypes
{
    /// <summary>Measures were laid.</summary>
    public const string Applied = "measure.applied";

    /// <summary>Measures were lifted; their subjects are as before.</summary>
    public const string Lifted = "measure.lifted";
}

/// <summary>An event on its way to an endpoint.</summary>
/// <param name="Event">The event's number, which is that of its ledger entry; part of the idempotency key.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Type">The type; see <see cref="EventTypes"/>.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>dead</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried next, where it waits.</param>
/// <param name="LastError">What went wrong last: a status or the kind of failure, never a body.</param>
public sealed record Delivery(long Event, string Endpoint, string Type, string State, int Attempts, DateTimeOffset NextAt, string? LastError);

/// <summary>The transactional outbox: events are written in the same write as what they tell, and sent afterwards.</summary>
public sealed class Outbox(CaseDatabase database, TimeProvider clock)
{
    private const int MeasuresInOneEvent = 500;
    private static readonly string[] Columns = ["event", "endpoint", "type", "payload", "created_at", "state", "attempts", "next_at", "last_error"];

    /// <summary>Deliveries of a state, oldest first.</summary>
    /// <param name="state"><c>waiting</c>, <c>sent</c> or <c>dead</c>.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Delivery> List(string state, int limit = 100) => database.InRead(c => c.Query(
        null, r => new Delivery(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), (int)r.GetInt64(4), r.GetInt64(5).ToInstant(), r.TextOrNull(6)),
        "SELECT event, endpoint, type, state, attempts, next_at, last_error FROM outbox WHERE state = @p0 ORDER BY event, endpoint LIMIT @p1", state, (long)limit));

    /// <summary>Sends dead letters of an endpoint once more, from the first attempt.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="one">One event, or null for all dead ones.</param>
    /// <param name="by">Who asks for it.</param>
    /// <returns>How many wait again.</returns>
    public long Revive(string endpoint, long? one, Person by) => database.InWrite(clock, write =>
    {
        var revived = write.Execute(
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = @p1 WHERE endpoint = @p0 AND state = 'dead' AND (@p2 = 0 OR event = @p2)", endpoint, write.Now, one ?? 0L);
        if (revived > 0)
            write.Ledger.Append(LedgerKinds.Endpoint, LedgerJson.Of(("revives", revived), ("endpoint", endpoint), ("event", one)), by);
        return (long)revived;
    });

    internal static void Put(Write write, string type, IReadOnlyList<Overlay> overlays)
    {
        if (overlays.Count == 0)
            return;
        var endpoints = write.Query(r => r.GetString(0), "SELECT name FROM endpoints WHERE removed_at IS NULL ORDER BY name");
        if (endpoints.Count == 0)
            return;
        var rows = new List<object?[]>();
        foreach (var part in overlays.Chunk(MeasuresInOneEvent))
        {
            var seq = write.Ledger.Append(LedgerKinds.Event, LedgerJson.Of(("type", type), ("measures", part.Length), ("first", part[0].Measure), ("endpoints", endpoints.Count)));
            var payload = Payload(type, write.Now, seq, part);
            foreach (var endpoint in endpoints)
                rows.Add([seq, endpoint, type, payload, write.Now, "waiting", 0L, write.Now, null]);
        }

        write.Load("outbox", Columns, null, rows);
    }

    private static string Payload(string type, long at, long seq, Overlay[] overlays)
    {
        var measures = new JsonArray();
        foreach (var overlay in overlays)
        {
            var measure = Measures.Of(overlay.Code);
            var json = new JsonObject
            {
                ["measure"] = overlay.Measure,
                ["code"] = overlay.Code,
                ["kind"] = overlay.Subject.Kind.Word(),
                ["scope"] = overlay.Subject.Scope,
                ["id"] = overlay.Subject.Id,
                ["since"] = overlay.StartsAt.ToText(),
                ["until"] = overlay.EndsAt?.ToText(),
                ["policy"] = overlay.Policy,
                ["policy_version"] = overlay.Version,
                ["rule"] = overlay.Rule,
            };
            if (overlay.Terms.Points is { } points)
                json["points"] = points;
            if (overlay.Terms.Amount is { } amount)
                (json["amount"], json["currency"]) = (amount, overlay.Terms.Currency);
            if (overlay.LiftedAt is { } lifted)
                (json["lifted"], json["effect"]) = (lifted.ToText(), new JsonObject { ["en"] = measure.Lift.En, ["zh"] = measure.Lift.Zh });
            measures.Add(json);
        }

        return new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = at.MicrosToText(),
            ["data"] = new JsonObject { ["event"] = seq, ["measures"] = measures },
        }.ToJsonString(LedgerJson.Options);
    }
}
