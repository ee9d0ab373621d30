/** A prescriber's name as two people may write it: titles, degrees, order and case do not count. */

const titles = new Set("dr doctor md do np pa phd dds dmd dpm od rn aprn fnp pac".split(" "))

export function keyOf(name: string): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replaceAll(".", "")
    .toLowerCase()
    .split(/[^a-z0-9'-]+/)
    .filter((word) => word !== "" && !titles.has(word))
  return words.toSorted().join(" ")
}
