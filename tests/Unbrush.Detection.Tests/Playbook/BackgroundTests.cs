namespace Unbrush.Detection.Tests.Playbook;

public sealed class BackgroundTests
{
    [Fact]
    public void A_town_of_honest_trade_has_no_fake_and_nobody_to_punish()
    {
        var answer = Answer.To("honest", _ => { });
        Assert.Empty(answer.All("quarantine"));
        Assert.DoesNotContain(answer.All("orders"), o => o["verdict"] == "confirmed");
        Assert.DoesNotContain(answer.All("parcels"), p => p["verdict"] == "no_physical_parcel");
        Assert.All(answer.All("sellers"), s => Answer.SparesWholly(s));
        Assert.All(answer.All("facilities"), f => Answer.SparesWholly(f));
        Assert.InRange(answer.All("orders").Count(o => o["verdict"] == "review"), 0, 0.01 * answer.All("orders").Count);
    }
}
