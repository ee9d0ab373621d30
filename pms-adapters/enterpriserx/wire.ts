/**
 * EnterpriseRx's shapes, with only what we need of them; names are what `soap.ts` makes of them.
 * Read tolerantly: what the vendor may leave out is optional, and codes are text. None leaves here.
 */
import { type Static, Type as t } from "typebox"
import { attribute, content, group, mark, several, text } from "../ncpdp/xml/schema.ts"

const TEXT_MAX = 500

const some = (charactersMax = TEXT_MAX) => t.Optional(attribute(charactersMax))
const word = () => t.Optional(text(TEXT_MAX))

const Address = group({ type: some(), Zip: some() })

const PatientWire = group({
  LastName: word(),
  FirstName: word(),
  DateOfBirth: word(),
  PrimaryPhone: word(),
  ExternalPatientID: word(),
  Extension: t.Optional(group({ Address: t.Optional(several(Address)) })),
})
export type PatientWire = Static<typeof PatientWire>

const RxInfo = group({
  RefillsRemaining: some(),
  RefillsAuthorized: some(),
  ExpirationDate: some(),
  DrugName: some(),
  DEAClass: some(),
  LastFill: t.Optional(group({ DaysSupply: some(), Quantity: some(), FillDate: some() })),
})

const FillWire = group({
  IsReady: some(),
  IsRefillable: some(),
  RefillQty: some(),
  ReadyInfo: t.Optional(group({ PatientPayAmount: some() })),
  NotReadyInfo: t.Optional(
    group({ NotReadyReasonCode: some(), ReleasedToPatientDateTime: some() }),
  ),
  NotRefillableInfo: t.Optional(
    group({ NotRefillableReasonCode: some(), IsDoctorAuthAllowed: some() }),
  ),
  Extension: t.Optional(
    group({
      NextRefillDate: word(),
      PrescriberInfo: t.Optional(group({ LastName: some(), FirstName: some() })),
      RxInfo: t.Optional(RxInfo),
      DispensedNDC: word(),
    }),
  ),
})
export type FillWire = Static<typeof FillWire>

const RxInfoFound = group({
  StoreNum: attribute(TEXT_MAX),
  RxNum: attribute(TEXT_MAX),
  PatientInfo: PatientWire,
  FillInfo: FillWire,
  ProductInfo: t.Optional(group({ NDC: some(), QtyOnHand: some() })),
})
export type RxInfoFound = Static<typeof RxInfoFound>

const RxInfoNotFound = group({ RxNum: attribute(TEXT_MAX) })

/** Every answer there is. The header names it, and the body holds it. */
export const Answer = group({
  Header: t.Optional(group({ MsgHeader: t.Optional(group({ MsgName: some() })) })),
  Body: group({
    RxInfoRsp: t.Optional(
      group({
        RxInfoFound: t.Optional(RxInfoFound),
        RxInfoNotFound: t.Optional(RxInfoNotFound),
      }),
    ),
    GenericSuccessRsp: t.Optional(mark()),
    GenericFailureRsp: t.Optional(group({ words: t.Optional(content(TEXT_MAX)) })),
    Fault: t.Optional(group({ faultcode: word() })),
  }),
})
export type Answer = Static<typeof Answer>
