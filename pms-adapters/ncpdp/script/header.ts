/**
 * The envelope's header: to whom, from whom, about which message. A password in it is a secret of
 * the network and goes through; it is never looked at here. Source: pharmacy.md 2.2.
 */
import { Type as t } from "typebox"
import { attribute, content, group, moment, text } from "../xml/schema.ts"

const IDENTIFIER = 80

/** P is a pharmacy, D a prescriber, M a mailbox between them. */
const party = () => group({ Qualifier: attribute(10), Value: content(IDENTIFIER) })

const security = () =>
  group({
    UsernameToken: t.Optional(
      group({
        Username: t.Optional(text(IDENTIFIER)),
        Password: t.Optional(group({ Type: t.Optional(attribute(40)), Value: content(200) })),
        Nonce: t.Optional(text(200)),
        Created: t.Optional(moment()),
      }),
    ),
    Sender: t.Optional(mailbox()),
    Receiver: t.Optional(mailbox()),
  })

const mailbox = () =>
  group({
    SecondaryIdentification: t.Optional(text(IDENTIFIER)),
    TertiaryIdentification: t.Optional(text(IDENTIFIER)),
  })

/** A controlled substance is signed. The signature is kept; whether it holds is not said here. */
const digitalSignature = () =>
  group({
    Version: t.Optional(attribute(20)),
    DigitalSignatureIndicator: t.Optional(text(10)),
    DigestMethod: t.Optional(text(200)),
    DigestValue: t.Optional(text(2_000)),
    SignatureValue: t.Optional(text(20_000)),
    X509Data: t.Optional(text(20_000)),
  })

export const Header = group({
  To: party(),
  From: party(),
  MessageID: text(35),
  RelatesToMessageID: t.Optional(text(35)),
  SentTime: moment(),
  Security: t.Optional(security()),
  SenderSoftware: t.Optional(
    group({
      SenderSoftwareDeveloper: text(IDENTIFIER),
      SenderSoftwareProduct: text(IDENTIFIER),
      SenderSoftwareVersionRelease: text(IDENTIFIER),
    }),
  ),
  RxReferenceNumber: t.Optional(text(35)),
  PrescriberOrderNumber: t.Optional(text(35)),
  DigitalSignature: t.Optional(digitalSignature()),
})
