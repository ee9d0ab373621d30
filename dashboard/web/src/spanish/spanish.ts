/** Every sentence of the pages in Spanish, gathered from the pages they stand on. */
import { account } from "./account.ts"
import { analytics } from "./analytics.ts"
import { answers } from "./answers.ts"
import { automationWords } from "./automation-words.ts"
import { automations } from "./automations.ts"
import { calls } from "./calls.ts"
import { codes } from "./codes.ts"
import { controlled } from "./controlled.ts"
import { deciding } from "./deciding.ts"
import { frame } from "./frame.ts"
import { now } from "./now.ts"
import { people } from "./people.ts"
import { phone } from "./phone.ts"
import { pmsSettings } from "./pms-settings.ts"
import { priorAuth } from "./prior-auth.ts"
import { privacy } from "./privacy.ts"
import { queue } from "./queue.ts"
import { rejects } from "./rejects.ts"
import { reports } from "./reports.ts"
import { rules } from "./rules.ts"
import { setUp } from "./set-up.ts"
import { staff } from "./staff.ts"
import { stock } from "./stock.ts"
import { system } from "./system.ts"
import { transfers } from "./transfers.ts"
import { understanding } from "./understanding.ts"

export const spanish = {
  ...analytics,
  ...account,
  ...codes,
  ...frame,
  ...queue,
  ...controlled,
  ...deciding,
  ...answers,
  ...calls,
  ...now,
  ...phone,
  ...people,
  ...reports,
  ...setUp,
  ...pmsSettings,
  ...staff,
  ...stock,
  ...system,
  ...privacy,
  ...priorAuth,
  ...rejects,
  ...transfers,
  ...understanding,
  ...rules,
  ...automations,
  ...automationWords,
} as const
