// What an account was billed: millionths of a dollar by UTC day and line. A simulated provider answers from it, and a
// test reads the truth from it.
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

  // The sum of the days whose texts begin so: of "2026-11" a month, of "" all.
  sum(begin = "") {
    const days = [...this.lines].filter(([day]) => day.startsWith(begin));
    return days.flatMap(([, of]) => [...of.values()]).reduce((sum, millionths) => sum + millionths, 0);
  }
}
