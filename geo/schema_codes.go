package geo

// What the codes mean. The lists stand in the order of those in codes.go, place.go,
// area.go, actor.go and dataset.go; a test holds the two to be the same.

func eventTypeCodes() []CodedValue {
	return []CodedValue{
		{"bombing_raid", "Bombing raid", "Bombs or missiles from aircraft or drones."},
		{"shelling", "Shelling", "Artillery, mortars or missiles from the ground."},
		{"offensive", "Offensive", "A planned attack to take a place or an area, or a campaign of them."},
		{"clash", "Clash", "Armed groups or forces fight one another."},
		{"explosive", "Explosive", "A mine, an improvised device, a grenade or a suicide bomb."},
		{"violence_against_civilians", "Violence against civilians", "Armed force against those who take no part in the fighting."},
		{"territory_change", "Change of territory", "A place or an area, or a base in it, passes to another side, by force or without."},
		{"diplomatic_visit", "Diplomatic visit", "Officials go to meet those of another country or side."},
		{"talks", "Talks", "Sides negotiate."},
		{"agreement", "Agreement", "Sides agree: a ceasefire, a treaty, an exchange."},
		{"statement", "Statement", "A side makes its position public."},
		{"policy", "Policy", "A government or an authority decides or changes a rule."},
		{"protest", "Protest", "People demonstrate or riot."},
		{"other", "Other", "None of these."},
	}
}

func datePrecisionCodes() []CodedValue {
	return []CodedValue{
		{"day", "Day", "Known to the day."},
		{"days", "Some days", "Known to two to six days."},
		{"week", "Week", "Known to a week."},
		{"month", "Month", "Known to 8 to 30 days, or to a month."},
		{"year", "Year", "Known to at most a year."},
		{"unknown", "Not dated", "Not known."},
	}
}

func placePrecisionCodes() []CodedValue {
	return []CodedValue{
		{"exact", "Exact", "In this town or at this site."},
		{"near", "Near", "Within about 25 km of the named place that the point is."},
		{"district", "District", "Somewhere in a second-order unit; a point is its centre, and no location."},
		{"region", "Region", "Somewhere in a first-order unit; a point is its centre, and no location."},
		{"fuzzy", "Line or vague area", "Along a line, or in an area without clear bounds."},
		{"country", "Country", "Somewhere in the country; a point is its centre, and no location."},
		{"international", "International", "At sea, in the air, or between countries."},
		{"unknown", "Not known", "Not known."},
	}
}

func roleCodes() []CodedValue {
	return []CodedValue{
		{"initiator", "Initiator", "Began it: attacked, raided, called for it."},
		{"target", "Target", "Was attacked, or was whom it was against."},
		{"visitor", "Visitor", "Went there."},
		{"host", "Host", "Was visited."},
		{"mediator", "Mediator", "Stood between the sides."},
		{"party", "Party", "Took part, where no source says who attacked whom, or where all agreed."},
		{"other", "Other role", "Took part in another way."},
	}
}

func relationCodes() []CodedValue {
	return []CodedValue{
		{"retaliation_for", "In retaliation for", "This event answers the other."},
		{"resumes", "Resumes", "This event takes the other up again after a break."},
		{"halts", "Announces a halt of", "This event announces that the other stops for a time."},
		{"ends", "Ends", "With this event the other ends."},
		{"precedes", "Comes before", "This event comes before the other, and bears on it."},
		{"same_as", "Same as", "Both records are of the same event."},
	}
}

func statusCodes() []CodedValue {
	return []CodedValue{
		{"reported", "Reported", "At least one source reports it."},
		{"corroborated", "Corroborated", "Sources that do not rest on one another report it."},
		{"verified", "Verified", "It was checked by evidence of its own, as pictures or a visit."},
		{"disputed", "Disputed", "Sources contradict one another on whether or how it happened."},
		{"withdrawn", "Withdrawn", "It no longer stands. A withdrawn event leaves by no output."},
	}
}

func placeKindCodes() []CodedValue {
	return []CodedValue{
		{"city", "City", "A large town, or one with a city's rights."},
		{"town", "Town", "A town."},
		{"village", "Village", "A village or a hamlet."},
		{"camp", "Camp", "A camp of displaced people or refugees."},
		{"border_gate", "Border gate", "A crossing of a border."},
		{"base", "Base", "A military base, an outpost or a headquarters."},
		{"other", "Other", "Another site."},
	}
}

func areaKindCodes() []CodedValue {
	return []CodedValue{
		{"country", "Country", "A country."},
		{"state", "State", "A first-order unit that is called a state or a province."},
		{"region", "Region", "A first-order unit that is called a region, or part of a country without an administration of its own."},
		{"district", "District", "A second-order unit."},
		{"township", "Township", "A third-order unit."},
		{"zone", "Zone", "Drawn by events and not by law: a zone of control. It may stand only for a time."},
		{"other", "Other", "Another area."},
	}
}

func actorKindCodes() []CodedValue {
	return []CodedValue{
		{"state_forces", "State forces", "A state's army, air force, police or other armed forces."},
		{"armed_group", "Armed group", "An armed organisation that is not a state's."},
		{"alliance", "Alliance", "Several actors that act together."},
		{"government", "Government", "A government, a ministry or another authority, a self-declared one too."},
		{"party", "Political party", "A political party."},
		{"person", "Person", "One person."},
		{"civilians", "Civilians", "Those who take no part in the fighting."},
		{"other", "Other", "Another organisation."},
	}
}

func redistributionCodes() []CodedValue {
	return []CodedValue{
		{"public", "Public", "The records may be passed on."},
		{"derived", "Only derived", "Only counts of the records may be passed on."},
		{"private", "Private", "Nothing of it leaves the program."},
	}
}
