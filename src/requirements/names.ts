/** The name of a distribution or extra as PEP 503 compares it: `Python_Dateutil` and `python-dateutil` are one. */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
