/** What a patient may ask of their record: a copy, or its end; and what the law holds back. */
import { Button } from "@mantine/core"
import { useState } from "react"
import type { Hold } from "../../../../modules/privacy/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { ChoosePatient, type FoundPatient } from "../parts/find-patient.tsx"
import { FormDialog } from "../parts/form-dialog.tsx"
import { Reading } from "../parts/reading.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { EraseDialog, HoldDialog } from "../privacy/privacy-dialogs.tsx"
import { save } from "../reports.ts"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"

const loadHolds = () => command("privacy", "holds", {})
const loadRetention = () => command("privacy", "retention", {})
const never = (): boolean => false

export function PrivacyPage() {
  const { value, trouble, again } = useLoaded(loadHolds, never)
  const [chosen, choose] = useState<FoundPatient>()
  return (
    <Reading
      title={say("Privacy")}
      acts={
        chosen && (
          <Button variant="default" size="compact-md" onClick={() => choose(undefined)}>
            {say("Find another")}
          </Button>
        )
      }
    >
      <p className="dim">
        {say("A copy of one patient's record, its end, and what the law holds back.")}
      </p>
      {chosen ? (
        <OnePatient found={chosen} again={again} erased={() => choose(undefined)} />
      ) : (
        <ChoosePatient choose={choose} />
      )}
      <Card title={say("Legal holds")}>
        <p className="dim small">
          {say("Nothing of these patients is destroyed: not by hand, and not by age.")}
        </p>
        {!value && <NotLoaded trouble={trouble} again={again} />}
        {value?.holds.length === 0 && <p>{say("No hold stands.")}</p>}
        {value?.holds.map((hold) => (
          <OneHold key={hold.hold} hold={hold} again={again} />
        ))}
      </Card>
      <Retention />
    </Reading>
  )
}

interface OnePatientProps {
  readonly found: FoundPatient
  readonly again: () => void
  readonly erased: () => void
}

function OnePatient({ found, again, erased }: OnePatientProps) {
  const { patient, firstName, lastName, dateOfBirth } = found
  const [asked, ask] = useState<"hold" | "erase">()
  const { act, isBusy } = useAct()
  const close = (): void => ask(undefined)
  const name = `${firstName} ${lastName}`
  const copy = () => void act(async () => save(await command("privacy", "export", { patient })))
  return (
    <Card title={name}>
      <p className="dim numbers">{dateOfBirth}</p>
      <p>
        {say("A copy holds all kept: who they are, prescriptions, consents, calls, texts.")}{" "}
        {say("It is a file that anybody can read: give it to the patient and to nobody else.")}
      </p>
      <div className="row-tags">
        <Button loading={isBusy} onClick={copy}>
          {say("Save a copy")}
        </Button>
        <Button variant="default" onClick={() => ask("hold")}>
          {say("Put on legal hold")}
        </Button>
        <Button variant="outline" color="red" className="grave" onClick={() => ask("erase")}>
          {say("Erase for good")}
        </Button>
      </div>
      {asked === "hold" && (
        <HoldDialog
          {...{ patient, name, close }}
          done={() => {
            close()
            again()
          }}
        />
      )}
      {asked === "erase" && (
        <EraseDialog
          {...{ patient, name, close }}
          done={() => {
            close()
            erased()
          }}
        />
      )}
    </Card>
  )
}

function OneHold({ hold: { hold, patient, because, by, sinceMs }, again }: HoldProps) {
  const [isAsking, setAsking] = useState(false)
  const { act, isBusy } = useAct()
  const release = async (): Promise<void> => {
    if (await act(() => command("privacy", "release", { hold }), say("The hold is ended."))) again()
  }
  return (
    <div className="factor">
      <div>
        <p>
          <strong>{say("Patient number {patient}", { patient })}</strong>: {because}
        </p>
        <p className="dim small">
          {say("by {user}, since {day}", {
            user: by,
            day: new Date(sinceMs).toLocaleDateString(locale()),
          })}
        </p>
      </div>
      <Button
        variant="default"
        size="compact-md"
        aria-label={say("End the hold on patient {patient}", { patient })}
        onClick={() => setAsking(true)}
      >
        {say("End the hold")}
      </Button>
      {isAsking && (
        <FormDialog
          title={say("End the hold on patient {patient}", { patient })}
          verb={say("End the hold")}
          isReady
          isGrave
          isBusy={isBusy}
          close={() => setAsking(false)}
          send={() => void release()}
        >
          <p>{say("What is older than you keep things is then destroyed in the next night.")}</p>
          <p>{say("Ask your lawyer before you end a hold that a lawyer asked for.")}</p>
        </FormDialog>
      )}
    </div>
  )
}

interface HoldProps {
  readonly hold: Hold
  readonly again: () => void
}

function Retention() {
  const { value, trouble, again } = useLoaded(loadRetention, never)
  return (
    <Card title={say("How long things are kept")}>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && (
        <ul>
          <li>{say("Recordings of calls: {n} days", { n: value.recordingDays })}</li>
          <li>{say("What was said, as text: {n} days", { n: value.transcriptDays })}</li>
          <li>{say("The audit log: six years, and nobody can shorten that.")}</li>
        </ul>
      )}
      <p className="dim small">
        {say("What is older is destroyed each night at 3:20. The days stand in the site's file.")}
      </p>
    </Card>
  )
}
