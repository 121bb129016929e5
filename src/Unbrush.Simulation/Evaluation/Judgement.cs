namespace Unbrush.Simulation.Evaluation;

/// <summary>How findings compare with the truth. Shares are 0 to 1; a figure without a base is null.</summary>
/// <param name="Orders">Orders that count: neither victims' nor those on which rules differ.</param>
/// <param name="Fakes">Fake ones among them.</param>
/// <param name="AveragePrecision">Of the order score, equal scores taken together.</param>
/// <param name="ConfirmedPrecision">Share of fakes among the confirmed.</param>
/// <param name="ConfirmedRecall">Share of the fakes that is confirmed.</param>
/// <param name="CaughtRecall">Share of the fakes that is confirmed or in review.</param>
/// <param name="GenuineInReview">Share of the genuine orders that a person must look at.</param>
/// <param name="WronglyConfirmed">Genuine orders confirmed as fake.</param>
/// <param name="WronglyConfirmedPer10000">The same, per 10,000 genuine orders.</param>
/// <param name="CalibrationError">Expected calibration error over ten bins of equal width.</param>
/// <param name="BaseRate">Share of fakes.</param>
/// <param name="ParcelPrecision">Share of parcels that never travelled among those found so; null without a parcels table.</param>
/// <param name="ParcelRecall">Share of the parcels that never travelled that was found.</param>
/// <param name="OutletAveragePrecision">Of the outlets' ranking; null where the truth has no guilty outlet or the findings no facilities.</param>
/// <param name="HonestSellersPunished">Honest sellers with a proposal that is no correction.</param>
/// <param name="HonestSellers">Honest sellers.</param>
/// <param name="HonestFacilitiesPunished">Honest outlets and centres with a proposal that is no correction.</param>
/// <param name="HonestFacilities">Honest outlets and centres.</param>
/// <param name="VictimsPunished">Victims' orders confirmed, victims called brushers, shops under attack with measures.</param>
/// <param name="UnknownOrders">Orders in the findings that the truth does not know.</param>
/// <param name="Bins">The calibration table.</param>
/// <param name="Scenarios">The table by scenario, by name.</param>
public sealed record Judgement(
    long Orders,
    long Fakes,
    double? AveragePrecision,
    double? ConfirmedPrecision,
    double? ConfirmedRecall,
    double? CaughtRecall,
    double? GenuineInReview,
    long WronglyConfirmed,
    double? WronglyConfirmedPer10000,
    double CalibrationError,
    double BaseRate,
    double? ParcelPrecision,
    double? ParcelRecall,
    double? OutletAveragePrecision,
    IReadOnlyList<string> HonestSellersPunished,
    long HonestSellers,
    IReadOnlyList<string> HonestFacilitiesPunished,
    long HonestFacilities,
    IReadOnlyList<string> VictimsPunished,
    long UnknownOrders,
    IReadOnlyList<CalibrationBin> Bins,
    IReadOnlyList<ScenarioLine> Scenarios);

/// <summary>One bin of the calibration table.</summary>
/// <param name="Low">Lower bound of the score.</param>
/// <param name="Orders">Orders in it.</param>
/// <param name="MeanScore">What was said.</param>
/// <param name="ShareFake">What was so.</param>
public sealed record CalibrationBin(double Low, long Orders, double MeanScore, double ShareFake);

/// <summary>One scenario's orders and what was found about them.</summary>
/// <param name="Scenario">Its name in the playbook.</param>
/// <param name="Role">What the orders are in it.</param>
/// <param name="Fake">True where they are fake.</param>
/// <param name="Orders">How many.</param>
/// <param name="MeanScore">Mean score.</param>
/// <param name="Clean">Share of verdict clean; the next ones likewise.</param>
/// <param name="DataQuality">Share of data_quality.</param>
/// <param name="Watch">Share of watch.</param>
/// <param name="Review">Share of review.</param>
/// <param name="Confirmed">Share of confirmed.</param>
/// <param name="Victim">Share of victim.</param>
public sealed record ScenarioLine(
    string Scenario, string Role, bool Fake, long Orders, double MeanScore, double Clean, double DataQuality, double Watch, double Review, double Confirmed, double Victim);
