/** A new colleague: the dialog that makes the account, and the password that is told once. */
import { Button } from "@mantine/core"
import { IconUserPlus } from "@tabler/icons-react"
import { useState } from "react"
import { say } from "../say.ts"
import { NewColleague, type Told } from "./staff-dialogs.tsx"
import { ToldOnce } from "./told-once.tsx"

/** `told` stands in the page; `made` puts another new password in its place. */
export function useHiring(hired: () => void) {
  const [isHiring, setHiring] = useState(false)
  const [told, setTold] = useState<Told>()
  const made = (password: Told): void => {
    setHiring(false)
    setTold(password)
    hired()
  }
  return {
    made,
    button: (
      <Button leftSection={<IconUserPlus size={17} />} onClick={() => setHiring(true)}>
        {say("New colleague")}
      </Button>
    ),
    told: told && <ToldOnce told={told} forget={() => setTold(undefined)} />,
    dialog: isHiring && <NewColleague close={() => setHiring(false)} made={made} />,
  }
}
