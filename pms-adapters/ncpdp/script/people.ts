/**
 * Who is who in a message: names, addresses, telephones, patient, pharmacy, prescriber, payer.
 * Shapes only; whether a number is anybody's is not asked here. Source: pharmacy.md 2.2.
 */
import { Type as t } from "typebox"
import { day, digits, group, moment, several, text } from "../xml/schema.ts"

const NAME = 80
const ADDRESS = 160
const IDENTIFIER = 80

/** A day, or a moment; senders use either where a date is asked for. */
export const dateOrMoment = () => group({ Date: t.Optional(day()), DateTime: t.Optional(moment()) })

export const coded = () =>
  group({
    Qualifier: t.Optional(text(IDENTIFIER)),
    Code: text(IDENTIFIER),
    Text: t.Optional(text(ADDRESS)),
  })

const name = () =>
  group({
    LastName: text(NAME),
    FirstName: t.Optional(text(NAME)),
    MiddleName: t.Optional(text(NAME)),
    Suffix: t.Optional(text(NAME)),
    Prefix: t.Optional(text(NAME)),
  })

/** 2017071 has the name by itself; 2023011 has it in a group, with room for others of a person. */
const named = () => ({
  Name: t.Optional(name()),
  Names: t.Optional(group({ Name: name() })),
})

const address = () =>
  group({
    AddressLine1: t.Optional(text(ADDRESS)),
    AddressLine2: t.Optional(text(ADDRESS)),
    City: t.Optional(text(NAME)),
    StateProvince: t.Optional(text(NAME)),
    PostalCode: t.Optional(text(20)),
    CountryCode: t.Optional(text(3)),
  })

const telephone = () =>
  group({
    Number: text(40),
    Extension: t.Optional(text(10)),
    SupportsSMS: t.Optional(text(1)),
  })

const communication = () =>
  group({
    PrimaryTelephone: t.Optional(telephone()),
    Beeper: t.Optional(several(telephone())),
    ElectronicMail: t.Optional(several(text(ADDRESS))),
    Fax: t.Optional(several(telephone())),
    HomeTelephone: t.Optional(several(telephone())),
    WorkTelephone: t.Optional(several(telephone())),
    OtherTelephone: t.Optional(several(telephone())),
    DirectAddress: t.Optional(text(ADDRESS)),
  })

const identification = () =>
  group({
    NCPDPID: t.Optional(digits(7)),
    StateLicenseNumber: t.Optional(text(IDENTIFIER)),
    MedicareNumber: t.Optional(text(IDENTIFIER)),
    MedicaidNumber: t.Optional(text(IDENTIFIER)),
    DEANumber: t.Optional(text(IDENTIFIER)),
    SocialSecurity: t.Optional(text(IDENTIFIER)),
    NPI: t.Optional(digits(10)),
    MutuallyDefined: t.Optional(text(IDENTIFIER)),
    PayerID: t.Optional(text(IDENTIFIER)),
    ProcessorIdentificationNumber: t.Optional(text(IDENTIFIER)),
    IINNumber: t.Optional(text(IDENTIFIER)),
    MedicalRecordIdentificationNumberEHR: t.Optional(text(IDENTIFIER)),
    SPI: t.Optional(text(IDENTIFIER)),
  })

const person = () => ({
  Identification: t.Optional(identification()),
  ...named(),
  Address: t.Optional(address()),
  CommunicationNumbers: t.Optional(communication()),
})

export const patient = () =>
  group({
    HumanPatient: t.Optional(
      group({
        Identification: t.Optional(identification()),
        ...named(),
        /** F, M or U: by itself in 2017071, in a group in 2023011. */
        Gender: t.Optional(text(IDENTIFIER)),
        GenderAndSex: t.Optional(group({ AdministrativeGender: t.Optional(text(IDENTIFIER)) })),
        DateOfBirth: dateOrMoment(),
        Address: t.Optional(address()),
        CommunicationNumbers: t.Optional(communication()),
      }),
    ),
    NonHumanPatient: t.Optional(
      group({
        Species: t.Optional(coded()),
        Breed: t.Optional(coded()),
        Name: t.Optional(text(NAME)),
        DateOfBirth: t.Optional(dateOrMoment()),
        Owner: t.Optional(group({ ...person() })),
      }),
    ),
  })

export const pharmacy = () =>
  group({
    Identification: identification(),
    Specialty: t.Optional(text(IDENTIFIER)),
    Pharmacist: t.Optional(group({ Identification: t.Optional(identification()), ...named() })),
    BusinessName: t.Optional(text(ADDRESS)),
    Address: t.Optional(address()),
    CommunicationNumbers: t.Optional(communication()),
  })

const clinician = () =>
  group({
    Identification: t.Optional(identification()),
    Specialty: t.Optional(text(IDENTIFIER)),
    PracticeLocation: t.Optional(
      group({
        Identification: t.Optional(identification()),
        BusinessName: t.Optional(text(ADDRESS)),
      }),
    ),
    ...named(),
    FormerName: t.Optional(name()),
    Address: t.Optional(address()),
    PrescriberAgent: t.Optional(group(named())),
    CommunicationNumbers: t.Optional(communication()),
  })

export const prescriber = () =>
  group({
    NonVeterinarian: t.Optional(clinician()),
    Veterinarian: t.Optional(clinician()),
  })

export const facility = () =>
  group({
    Identification: t.Optional(identification()),
    FacilityName: t.Optional(text(ADDRESS)),
    Address: t.Optional(address()),
    CommunicationNumbers: t.Optional(communication()),
  })

export const benefits = () =>
  group({
    PayerIdentification: t.Optional(identification()),
    PayerName: t.Optional(text(ADDRESS)),
    CardholderID: t.Optional(text(IDENTIFIER)),
    CardHolderName: t.Optional(name()),
    GroupID: t.Optional(text(IDENTIFIER)),
    GroupName: t.Optional(text(ADDRESS)),
    PBMMemberID: t.Optional(text(IDENTIFIER)),
    PersonCode: t.Optional(text(10)),
    PatientRelationship: t.Optional(text(10)),
    PayerResponsibilityCode: t.Optional(text(10)),
  })
