/** The layers in their order, from what is certain to what is in no list. Each only adds marks, so
 * an order or a layer that is wrong costs sense, and the gate costs the rest. */
import { claimAround } from "./around.ts"
import { claimContacts } from "./contacts.ts"
import { claimDates } from "./dates.ts"
import { claimKnownExactly } from "./exact.ts"
import { claimMisheard } from "./misheard.ts"
import { claimNames } from "./names.ts"
import { claimNumbers } from "./numbers.ts"
import { claimPlaces } from "./places.ts"
import { claimRest } from "./rest.ts"
import type { Sheet } from "./sheet.ts"
import { claimSpelling } from "./spelling.ts"

export type LayerName =
  | "known"
  | "misheard"
  | "contacts"
  | "spelling"
  | "places"
  | "dates"
  | "numbers"
  | "names"
  | "rest"
  | "around"

export const layers: readonly { readonly name: LayerName; readonly run: (sheet: Sheet) => void }[] =
  [
    { name: "contacts", run: claimContacts },
    { name: "known", run: claimKnownExactly },
    { name: "spelling", run: claimSpelling },
    { name: "dates", run: claimDates },
    { name: "places", run: claimPlaces },
    { name: "numbers", run: claimNumbers },
    { name: "misheard", run: claimMisheard },
    { name: "names", run: claimNames },
    { name: "rest", run: claimRest },
    { name: "around", run: claimAround },
  ]
