// The time zones that a form offers. Intl tells each under one name only (Europe/Kiev, not Europe/Kyiv; none for
// America/Montreal), settings take all of them: the one in force is always there, or another would be chosen in silence.

const told = Intl.supportedValuesOf('timeZone').concat('UTC');

export const zonesWith = (zone: string): readonly string[] => (told.includes(zone) ? told : [...told, zone].toSorted());
