/** One's second factors: codes from a telephone, passkeys, and recovery codes for a bad day. */
import { Button, TextInput } from "@mantine/core"
import { QRCodeSVG } from "qrcode.react"
import { type FormEvent, useCallback, useState } from "react"
import type { Factors } from "../../../../modules/mfa/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { canUsePasskeys, makePasskey } from "./passkeys.ts"
import { RecoveryCodes } from "./recovery-codes.tsx"
import { type Act, useAct } from "./use-act.ts"

const QR_PX = 184
const loadFactors = () => command("mfa", "own", {})
const never = (): boolean => false

export interface FactorsCardProps {
  readonly changed: () => void
}

export function FactorsCard({ changed }: FactorsCardProps) {
  const { value: factors, trouble, again } = useLoaded(loadFactors, never)
  const [codes, setCodes] = useState<readonly string[]>()
  const doing = useAct()
  const enrolled = useCallback(
    ({ recoveryCodes }: { recoveryCodes?: readonly string[] }) => {
      again()
      // The first factor may open the other pages: not before the codes were seen.
      if (recoveryCodes) setCodes(recoveryCodes)
      else changed()
    },
    [again, changed],
  )
  const kept = (): void => {
    setCodes(undefined)
    changed()
  }
  return (
    <Card title={say("Second factor")}>
      <p className="dim">
        {say("Something you have, beside the password: a passkey, or codes from a telephone.")}
      </p>
      {!factors && <NotLoaded trouble={trouble} again={again} />}
      {codes && <RecoveryCodes codes={codes} kept={kept} />}
      {factors && (
        <>
          <TotpPart {...{ factors, doing, enrolled, again }} />
          <PasskeysPart {...{ factors, doing, enrolled, again }} />
          <RecoveryPart factors={factors} doing={doing} renewed={setCodes} again={again} />
        </>
      )}
    </Card>
  )
}

interface PartProps {
  readonly factors: Factors
  readonly doing: Act
  readonly enrolled: (answer: { recoveryCodes?: readonly string[] }) => void
  readonly again: () => void
}

interface Started {
  readonly secret: string
  readonly uri: string
}

function TotpPart({ factors: { hasTotp }, doing: { act, isBusy }, enrolled, again }: PartProps) {
  const [started, setStarted] = useState<Started>()
  const [code, setCode] = useState("")
  const start = () => act(async () => setStarted(await command("mfa", "startTotp", {})))
  const remove = async (): Promise<void> => {
    await act(() => command("mfa", "removeTotp", {}), say("No codes are asked for any more."))
    again()
  }
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    await act(async () => {
      const answer = await command("mfa", "addTotp", { code })
      setStarted(undefined)
      enrolled(answer)
    }, say("From now on a code is asked for at sign-in."))
    setCode("")
  }
  if (hasTotp)
    return (
      <div className="factor">
        <p>{say("Codes from a telephone are on.")}</p>
        <Button variant="default" loading={isBusy} onClick={() => void remove()}>
          {say("Remove")}
        </Button>
      </div>
    )
  if (!started)
    return (
      <Button variant="default" loading={isBusy} onClick={() => void start()}>
        {say("Add codes from a telephone")}
      </Button>
    )
  return (
    <form className="stack" onSubmit={(event) => void add(event)}>
      <p>{say("Read this picture with an authenticator app, then type the code it shows.")}</p>
      <QRCodeSVG
        value={started.uri}
        size={QR_PX}
        marginSize={2}
        title={say("A picture for an authenticator app")}
      />
      <p className="small">
        {say("Or type this key into the app:")} <code className="secret">{started.secret}</code>
      </p>
      <TextInput
        className="field"
        label={say("Code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      <Button type="submit" loading={isBusy}>
        {say("Turn codes on")}
      </Button>
    </form>
  )
}

function PasskeysPart({ factors: { passkeys }, doing, enrolled, again }: PartProps) {
  const { act, isBusy } = doing
  const [name, setName] = useState("")
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    await act(async () => {
      const passkey = await makePasskey()
      enrolled(await command("mfa", "addPasskey", { name: name.trim(), passkey }))
      setName("")
    }, say("The passkey signs you in from now on."))
  }
  const remove = async (passkey: string): Promise<void> => {
    await act(() => command("mfa", "removePasskey", { passkey }), say("The passkey is gone."))
    again()
  }
  return (
    <>
      {passkeys.map(({ passkey, name: called, addedAtMs }) => (
        <div key={passkey} className="factor">
          <p>
            {say("Passkey: {name}", { name: called })}{" "}
            <span className="dim small">{new Date(addedAtMs).toLocaleDateString(locale())}</span>
          </p>
          <Button variant="default" loading={isBusy} onClick={() => void remove(passkey)}>
            {say("Remove")}
          </Button>
        </div>
      ))}
      {canUsePasskeys() ? (
        <form className="say" onSubmit={(event) => void add(event)}>
          <TextInput
            label={say("Name of a new passkey")}
            placeholder={say("This computer")}
            required
            withAsterisk={false}
            maxLength={60}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={isBusy} disabled={!name.trim()}>
            {say("Add a passkey")}
          </Button>
        </form>
      ) : (
        <p className="dim small">
          {say("Passkeys need an address that begins with https. Ask the operator.")}
        </p>
      )}
    </>
  )
}

interface RecoveryPartProps extends Omit<PartProps, "enrolled"> {
  readonly renewed: (codes: readonly string[]) => void
}

function RecoveryPart({ factors, doing: { act, isBusy }, renewed, again }: RecoveryPartProps) {
  const { hasTotp, passkeys, recoveryCodesLeft } = factors
  if (!hasTotp && passkeys.length === 0) return null
  const renew = async (): Promise<void> => {
    await act(async () => {
      renewed((await command("mfa", "renewRecoveryCodes", {})).recoveryCodes)
    })
    again()
  }
  return (
    <div className="factor">
      <p>{say("{count} recovery codes are left.", { count: recoveryCodesLeft })}</p>
      <Button variant="default" loading={isBusy} onClick={() => void renew()}>
        {say("Make ten new ones")}
      </Button>
    </div>
  )
}
