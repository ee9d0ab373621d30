/**
 * A renewal request for a made-up patient, as the wire has it: for tests, the fuzzer and the
 * benchmark. No name, number or address in it is anybody's.
 */

const person = (last: string, first: string): string =>
  `<Name><LastName>${last}</LastName><FirstName>${first}</FirstName></Name>`

const medication = `<DrugDescription>lisinopril 10 mg tablet</DrugDescription>
<DrugCoded><ProductCode><Code>00071015523</Code><Qualifier>ND</Qualifier></ProductCode></DrugCoded>
<Quantity><Value>30</Value><CodeListQualifier>38</CodeListQualifier>
<QuantityUnitOfMeasure><Code>C48542</Code></QuantityUnitOfMeasure></Quantity>
<DaysSupply>030</DaysSupply>`

/** The stamps and the shape are those of SCRIPT 2017071. */
export const sampleRenewalRequest = `<?xml version="1.0" encoding="UTF-8"?>
<Message DatatypesVersion="20170715" TransportVersion="20170715" TransactionDomain="SCRIPT"
 TransactionVersion="20170715" StructuresVersion="20170715" ECLVersion="20170715">
<Header><To Qualifier="D">0000000000001</To><From Qualifier="P">0000001</From>
<MessageID>mortar-1</MessageID><SentTime>2026-11-20T15:04:05Z</SentTime>
<SenderSoftware><SenderSoftwareDeveloper>Mortar</SenderSoftwareDeveloper>
<SenderSoftwareProduct>Mortar</SenderSoftwareProduct>
<SenderSoftwareVersionRelease>0.1.0</SenderSoftwareVersionRelease></SenderSoftware>
<RxReferenceNumber>07001261</RxReferenceNumber></Header>
<Body><RxRenewalRequest>
<Patient><HumanPatient>${person("Example", "Ada")}<Gender>F</Gender>
<DateOfBirth><Date>1950-01-02</Date></DateOfBirth></HumanPatient></Patient>
<Pharmacy><Identification><NCPDPID>0000001</NCPDPID><NPI>1234567893</NPI></Identification>
<BusinessName>Corner &amp; Sons Pharmacy</BusinessName>
<CommunicationNumbers><PrimaryTelephone><Number>5555550100</Number></PrimaryTelephone>
</CommunicationNumbers></Pharmacy>
<Prescriber><NonVeterinarian><Identification><NPI>1234567893</NPI></Identification>
${person("Sample", "Grace")}</NonVeterinarian></Prescriber>
<MedicationDispensed>${medication}
<LastFillDate><Date>2026-10-20</Date></LastFillDate><Substitutions>0</Substitutions>
<Sig><SigText>Take one tablet by mouth daily.</SigText></Sig>
<PharmacyRequestedRefills>03</PharmacyRequestedRefills></MedicationDispensed>
</RxRenewalRequest></Body></Message>`

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
