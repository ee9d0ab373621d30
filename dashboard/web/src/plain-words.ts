/** `refill_too_soon` as "Refill too soon", `module.baseUrl` as "Base url": in English. Pure. */
export function plainWords(code: string): string {
  const words = code.replace(/^.*\./, "").replace(/([a-z])([A-Z])/g, "$1 $2")
  const text = words.replaceAll(/[_-]/g, " ").toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}
