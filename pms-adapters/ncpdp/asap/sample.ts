/** A report and a question about a made-up patient: for tests, the fuzzer and the benchmark. */
import type { Report } from "./report.ts"

const pharmacy = {
  id: "PHA",
  npi: "1234567893",
  ncpdpId: "0000001",
  dea: "FR0000001",
  name: "CORNER PHARMACY",
  state: "OH",
  zip: "00501",
} as const

const patient = {
  id: "PAT",
  lastName: "EXAMPLE",
  firstName: "ADA",
  zip: "00501",
  dateOfBirth: "19500102",
  gender: "F",
  species: "01",
} as const

export const sampleReport: Report = {
  header: {
    id: "TH",
    version: "4.2",
    controlNumber: "000123",
    transactionType: "01",
    createdOn: "20261120",
    createdAt: "150405",
    fileType: "T",
  },
  source: { id: "IS", sourceId: "0000001", name: "CORNER PHARMACY" },
  dispensed: ["07001241", "07001242"].map((rxNumber) => ({
    pharmacy,
    patient,
    dispensing: {
      id: "DSP",
      status: "00",
      rxNumber,
      writtenOn: "20261101",
      refillsAuthorized: "0",
      filledOn: "20261119",
      refillNumber: "0",
      productQualifier: "01",
      product: "00406055201",
      quantity: "30",
      daysSupply: "030",
      unit: "01",
    },
    prescriber: { id: "PRE", npi: "1234567893", dea: "AB0000001", lastName: "SAMPLE" },
    ingredients: [],
  })),
}

export const sampleAnswer = `<?xml version="1.0" encoding="UTF-8"?>
<PatientResponse xmlns="http://xml.appriss.com/gateway/v5_1">
<RequestId>000123</RequestId>
<Report><NarxScores><Score><ScoreType>Narcotics</ScoreType><ScoreValue>080</ScoreValue></Score>
</NarxScores><ReportRequestURLs><ViewableReport Type="text/html">https://gateway.example/1
</ViewableReport></ReportRequestURLs></Report>
<Disclaimer>For licensed persons.</Disclaimer></PatientResponse>`
