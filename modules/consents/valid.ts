/** Whether a consent counts on a day. Pure. */

export interface Term {
  readonly expiresOn?: string
  readonly revokedOn?: string
}

/** The last day counts whole; what was revoked counts no more, from that moment on. */
export function isValidOn({ expiresOn, revokedOn }: Term, day: string): boolean {
  return revokedOn === undefined && (expiresOn === undefined || day <= expiresOn)
}
