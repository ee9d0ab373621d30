/**
 * The segments of ASAP 4.2 as schemas: the order of the properties is the order of the elements.
 * Every value is text. Positions: public code of the VA (PSOASAP) and state guides; facts only.
 */
import { type Static, type TProperties, Type as t } from "typebox"

const ELEMENTS_MAX = 60
const CHARACTERS_MAX = 250

const value = () => t.Optional(t.String({ minLength: 1, maxLength: CHARACTERS_MAX }))

const segment = <Id extends string, P extends TProperties>(id: Id, properties: P) =>
  t.Object(
    {
      id: t.Literal(id),
      ...properties,
      /** Elements past those known here, up to the last that says something. */
      more: t.Optional(t.Array(t.String(), { maxItems: ELEMENTS_MAX })),
    },
    { additionalProperties: false },
  )

/** `fileType` is P for production and T for test; the ninth element ends every segment. */
const Header = segment("TH", {
  version: value(),
  controlNumber: value(),
  transactionType: value(),
  responseId: value(),
  createdOn: value(),
  createdAt: value(),
  fileType: value(),
  routingNumber: value(),
})

const Source = segment("IS", { sourceId: value(), name: value(), message: value() })

const Pharmacy = segment("PHA", {
  npi: value(),
  ncpdpId: value(),
  dea: value(),
  name: value(),
  address: value(),
  address2: value(),
  city: value(),
  state: value(),
  zip: value(),
  phone: value(),
  contact: value(),
  chainSiteId: value(),
  message: value(),
})

const Patient = segment("PAT", {
  jurisdiction: value(),
  idQualifier: value(),
  patientId: value(),
  otherJurisdiction: value(),
  otherIdQualifier: value(),
  otherPatientId: value(),
  lastName: value(),
  firstName: value(),
  middleName: value(),
  prefix: value(),
  suffix: value(),
  address: value(),
  address2: value(),
  city: value(),
  state: value(),
  zip: value(),
  phone: value(),
  dateOfBirth: value(),
  gender: value(),
  species: value(),
  location: value(),
  country: value(),
  animalName: value(),
})

/** `status`: 00 is new, 01 a correction, 02 void. */
const Dispensing = segment("DSP", {
  status: value(),
  rxNumber: value(),
  writtenOn: value(),
  refillsAuthorized: value(),
  filledOn: value(),
  refillNumber: value(),
  productQualifier: value(),
  product: value(),
  quantity: value(),
  daysSupply: value(),
  unit: value(),
  origin: value(),
  partialFill: value(),
  pharmacistNpi: value(),
  pharmacistLicense: value(),
  paymentType: value(),
  soldOn: value(),
  rxNormQualifier: value(),
  rxNormCode: value(),
  electronicReference: value(),
  electronicOrder: value(),
})

const Prescriber = segment("PRE", {
  npi: value(),
  dea: value(),
  deaSuffix: value(),
  license: value(),
  lastName: value(),
  firstName: value(),
  middleName: value(),
  phone: value(),
})

const Ingredient = segment("CDI", {
  sequence: value(),
  productQualifier: value(),
  product: value(),
  description: value(),
  quantity: value(),
  unit: value(),
})

const Additional = segment("AIR", {
  serialIssuer: value(),
  serialNumber: value(),
  jurisdiction: value(),
  idQualifier: value(),
  personId: value(),
  relationship: value(),
  lastName: value(),
  firstName: value(),
  pharmacistLastName: value(),
  pharmacistFirstName: value(),
  dropOffOrPickUp: value(),
})

/** So many segments for this pharmacy, its own and this one included. */
const PharmacyTrailer = segment("TP", { count: value() })
/** So many segments in all. */
const Trailer = segment("TT", { controlNumber: value(), count: value() })

/** A segment without a schema here; a state may add some. */
const Unknown = t.Object(
  {
    id: t.Literal("unknown"),
    name: t.String({ pattern: "^[A-Z][A-Z0-9]{1,2}$" }),
    elements: t.Array(t.String(), { maxItems: ELEMENTS_MAX }),
  },
  { additionalProperties: false },
)

export const Segment = t.Union([
  Header,
  Source,
  Pharmacy,
  Patient,
  Dispensing,
  Prescriber,
  Ingredient,
  Additional,
  PharmacyTrailer,
  Trailer,
  Unknown,
])
export type Segment = Static<typeof Segment>

/** Names of the elements, in their order. */
export const elementNames = new Map<string, readonly string[]>(
  Segment.anyOf.map(({ properties }) => [
    properties.id.const,
    Object.keys(properties).filter((name) => name !== "id" && name !== "more"),
  ]),
)
