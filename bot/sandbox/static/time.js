// Dates as the chosen person sees them: always in that person's zone, never in the browser's.

const formatters = new Map();

function formatter(tz, options) {
  const key = `${tz}|${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, build(tz, options));
  return formatters.get(key);
}

function build(tz, options) {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: tz, ...options });
  } catch {
    return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });
  }
}

export const format = (unix, tz, options) => formatter(tz, options).format(new Date(unix * 1000));

const NUMBERS = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
  hourCycle: "h23",
};

/** {year, month, day, hour, minute, second} of a moment, on the wall of that zone. */
export function wall(unix, tz) {
  const found = {};
  for (const part of formatter(tz, NUMBERS).formatToParts(new Date(unix * 1000))) {
    if (part.type !== "literal") found[part.type] = Number(part.value);
  }
  return found;
}

const two = (number) => String(number).padStart(2, "0");

export const isoDay = ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`;
export const dayKey = (unix, tz) => isoDay(wall(unix, tz));
export const isoTime = (unix, tz) => `${two(wall(unix, tz).hour)}:${two(wall(unix, tz).minute)}`;

/** The moment at which the wall of that zone shows this day and time: the later one where DST skips it, the first where it comes twice. */
export function momentOf(day, time, tz) {
  const wanted = Date.parse(`${day}T${time}:00Z`) / 1000;
  const shown = (guess) => {
    const seen = wall(guess, tz);
    return Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute) / 1000;
  };
  let guess = wanted;
  let before = wanted;
  for (let round = 0; round < 4 && shown(guess) !== wanted; round += 1) {
    before = guess;
    guess += wanted - shown(guess);
  }
  if (shown(guess) !== wanted) return Math.max(guess, before);
  return shown(guess - 3600) === wanted ? guess - 3600 : guess;
}

export const clockTime = (unix, tz) => format(unix, tz, { hour: "numeric", minute: "2-digit" });
export const longDay = (unix, tz) => format(unix, tz, { weekday: "long", month: "long", day: "numeric" });
export const shortDay = (unix, tz) => format(unix, tz, { weekday: "short", month: "short", day: "numeric" });
export const fullMoment = (unix, tz) =>
  `${format(unix, tz, { weekday: "long", month: "long", day: "numeric", year: "numeric" })} at ${clockTime(unix, tz)}`;

/** "today", "yesterday", "tomorrow", or null. */
export function nearDay(unix, tz, now) {
  const days = dayNumber(dayKey(unix, tz)) - dayNumber(dayKey(now, tz));
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

export const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);

export function dividerDay(unix, tz, now) {
  const near = nearDay(unix, tz, now);
  if (near) return near[0].toUpperCase() + near.slice(1);
  const far = wall(unix, tz).year !== wall(now, tz).year;
  return ordinalDate(unix, tz, { weekday: true, year: far });
}

function ordinalDate(unix, tz, { weekday, year }) {
  const { day } = wall(unix, tz);
  const month = format(unix, tz, { month: "long" });
  const start = weekday ? `${format(unix, tz, { weekday: "long" })}, ` : "";
  return `${start}${month} ${day}${ordinal(day)}${year ? `, ${wall(unix, tz).year}` : ""}`;
}

function ordinal(day) {
  if (day >= 11 && day <= 13) return "th";
  return { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
}

const HALF_A_YEAR = 182 * 86400;

// Slack leaves out the year of a date that is less than six months away.
const TOKENS = {
  date_num: (unix, tz) => dayKey(unix, tz),
  date: (unix, tz, now) => ordinalDate(unix, tz, { weekday: false, year: far(unix, now) }),
  date_long: (unix, tz, now) => ordinalDate(unix, tz, { weekday: true, year: far(unix, now) }),
  date_long_full: (unix, tz) => ordinalDate(unix, tz, { weekday: true, year: true }),
  date_short: (unix, tz, now) =>
    format(unix, tz, { month: "short", day: "numeric", ...(far(unix, now) ? { year: "numeric" } : {}) }),
  day_divider_pretty: (unix, tz, now) =>
    nearDay(unix, tz, now) ?? ordinalDate(unix, tz, { weekday: true, year: far(unix, now) }),
  time: (unix, tz) => clockTime(unix, tz),
  time_secs: (unix, tz) => format(unix, tz, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (unix, tz, now) => ago(unix, now),
};

const far = (unix, now) => Math.abs(unix - now) > HALF_A_YEAR;

/** Slack's date formats: "{date_short_pretty} at {time}". An unknown token shows the fallback. */
export function slackDate(unix, pattern, { tz, now, fallback }) {
  let known = Number.isFinite(unix);
  const shown = pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const text = known ? tokenText(token, unix, { tz, now }) : null;
    if (text === null) known = false;
    return text ?? whole;
  });
  return known ? shown : fallback || shown;
}

function tokenText(token, unix, { tz, now }) {
  const pretty = token.match(/^(date|date_long|date_short)_pretty$/);
  if (pretty) return nearDay(unix, tz, now) ?? TOKENS[pretty[1]](unix, tz, now);
  return TOKENS[token]?.(unix, tz, now) ?? null;
}

const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

export function ago(unix, now) {
  const words = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  for (const [unit, seconds] of STEPS) {
    if (Math.abs(unix - now) >= seconds) return words.format(Math.trunc((unix - now) / seconds), unit);
  }
  return "just now";
}
