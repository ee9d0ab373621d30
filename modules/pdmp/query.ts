/** What is asked of the gateway, and what its answer comes to. Asks for no more than the form. */
import type { PatientRecord } from "#core/pms.ts"
import type { GatewayMessage } from "../../pms-adapters/ncpdp/asap/gateway.ts"
import type { Report } from "./contract.ts"
import type { Here } from "./needs.ts"

type Asked = Extract<GatewayMessage, { kind: "PatientRequest" }>
type Answered = Extract<GatewayMessage, { kind: "PatientResponse" }>["body"]

function requesterIn({ address, gateway, npi, spokenName }: Here["config"]) {
  return {
    Provider: { Role: "Pharmacist", LastName: gateway?.pharmacistLastName ?? "" },
    Location: { Name: spokenName, NPINumber: npi, Address: { StateCode: address.state } },
  }
}

export function patientRequest(person: PatientRecord, config: Here["config"]): Asked {
  const { firstName, lastName, dateOfBirth, phones, zip } = person
  const [phone] = phones
  return {
    kind: "PatientRequest",
    body: {
      Requester: requesterIn(config),
      PrescriptionRequest: {
        Patient: {
          Name: { First: firstName, Last: lastName },
          Birthdate: dateOfBirth,
          ...(zip !== undefined && { Address: { ZipCode: zip } }),
          ...(phone !== undefined && { Phone: phone.replace(/\D/g, "").slice(-TEN) }),
        },
      },
    },
  }
}

const TEN = 10

export function reportRequest(config: Here["config"]): GatewayMessage {
  return {
    kind: "ReportRequest",
    body: { Requester: { ReportLink: {}, ...requesterIn(config) } },
  }
}

/** Undefined when the answer is a refusal or holds no report. */
export function reportIn(body: Answered, whose: Pick<Report, "report" | "patient" | "askedAtMs">) {
  const { Report: told, Error: refusal, Disclaimer: disclaimer } = body
  if (refusal || !told) return undefined
  const scores = (told.NarxScores?.Score ?? []).slice(0, 20)
  const remarks = (told.NarxMessages?.Message ?? []).slice(0, 50)
  const url = told.ReportRequestURLs?.ViewableReport?.Value
  return {
    ...whose,
    scores: scores.map(({ ScoreType: type, ScoreValue: value }) => ({ type, value })),
    remarks: remarks.map(({ MessageText: text = "", MessageSeverity: severity }) => ({
      text,
      ...(severity !== undefined && { severity }),
    })),
    hasFullReport: url !== undefined,
    ...(told.Message !== undefined && { message: told.Message }),
    ...(disclaimer !== undefined && { disclaimer }),
    ...(url !== undefined && { url }),
  }
}
