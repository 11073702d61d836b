// The bills of an account: millionths of a dollar by UTC day and line. A simulated provider answers from them, and a test reads
// the true spend from them.
export const DAY = 86_400_000;
export const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
export const dollars = (millionths) => millionths / 1e6;

export class Days {
  constructor() {
    this.lines = new Map(); // "2026-11-22" -> Map of line -> millionths
  }

  add(day, line, millionths) {
    if (!this.lines.has(day)) this.lines.set(day, new Map());
    const of = this.lines.get(day);
    of.set(line, (of.get(line) ?? 0) + millionths);
  }

  on(day) {
    return [...(this.lines.get(day) ?? [])];
  }

  // The sum of the days that begin with a text: "2026-11" for a month, "" for all.
  sum(begin = "") {
    const days = [...this.lines].filter(([day]) => day.startsWith(begin));
    return days.flatMap(([, of]) => [...of.values()]).reduce((sum, millionths) => sum + millionths, 0);
  }
}
