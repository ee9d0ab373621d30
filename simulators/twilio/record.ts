/** `<Record>`, which is a voicemail, and `<Start><Recording>`, which records the whole call. */
import { type Timer, untilAborted } from "./clock.ts"
import { frameMs, silence } from "./mulaw.ts"
import type { Instructions, Scene } from "./scene.ts"
import { SpeechMeter } from "./speech-meter.ts"
import { tone } from "./tones.ts"
import { writeStereoWav } from "./wav.ts"
import type { Element } from "./xml.ts"

const beep = Buffer.concat([tone(300, 1_000), silence(100)])

interface Message {
  readonly sound: Uint8Array
  /** The key that ended it, `hangup`, or nothing after silence or the longest length. */
  readonly endedBy: string
  readonly hasSpeech: boolean
}

export async function record(verb: Element, scene: Scene): Promise<Instructions | undefined> {
  const { action, method, playBeep, recordingStatusCallback } = verb.attributes
  if (playBeep !== "false") await scene.leg.play(beep, scene.signal)
  const message = await listen(verb, scene)
  if (!message.hasSpeech) {
    scene.signal.throwIfAborted()
    return undefined
  }
  const params = {
    ...recordingParams(scene, message.sound, message.sound),
    RecordingChannels: "1",
    RecordingSource: "RecordVerb",
  }
  if (recordingStatusCallback) scene.notify(recordingStatusCallback, "POST", params)
  const ending = { ...params, Digits: message.endedBy }
  if (scene.leg.isOver) scene.notify(action ?? scene.url, method, ending)
  scene.signal.throwIfAborted()
  return scene.fetch(action ?? scene.url, method, ending)
}

async function listen(verb: Element, { leg, exchange, signal }: Scene): Promise<Message> {
  const { timeout = "5", maxLength = "3600", finishOnKey = "1234567890*#" } = verb.attributes
  const owner = {}
  const ear = new SpeechMeter()
  const frames: Uint8Array[] = []
  const done = Promise.withResolvers<string>()
  const startedMs = exchange.clock.nowMs()
  leg.onKey = (digit) => {
    if (finishOnKey.includes(digit)) done.resolve(digit)
  }
  leg.onFrame(owner, (spoken) => {
    const nowMs = exchange.clock.nowMs()
    frames.push(spoken)
    ear.hear(spoken, nowMs)
    const quietMs = Math.min(ear.quietForMs(nowMs), nowMs - startedMs)
    if (quietMs >= Number(timeout) * 1_000) done.resolve("")
  })
  const longest: Timer = exchange.clock.after(Number(maxLength) * 1_000, () => done.resolve(""))
  let hasSpeech = false
  ear.onOnset = () => {
    hasSpeech = true
  }
  const endedBy = await untilAborted(done.promise, signal).catch(() => "hangup")
  longest.cancel()
  leg.onKey = () => {}
  leg.offFrame(owner)
  return { sound: Buffer.concat(frames), endedBy, hasSpeech }
}

function recordingParams(
  { exchange }: Scene,
  left: Uint8Array,
  right: Uint8Array,
): Record<string, string> {
  const { sid, url } = exchange.keepRecording(writeStereoWav(left, right))
  const durationMs = (left.length / 160) * frameMs
  return {
    RecordingSid: sid,
    RecordingUrl: url,
    RecordingStatus: "completed",
    RecordingDuration: String(Math.round(durationMs / 1_000)),
  }
}

/** Records the call from now on and reports when it is over. */
export async function startRecording(verb: Element, scene: Scene): Promise<undefined> {
  const { leg } = scene
  const noun = verb.children[0]
  const address = noun?.attributes.recordingStatusCallback
  const fromByte = leg.recording.caller.length
  const startedMs = scene.exchange.clock.nowMs()
  void leg.whenOver.then(() => {
    const left = leg.recording.caller.subarray(fromByte)
    const right = leg.recording.agent.subarray(fromByte)
    if (left.length === 0 || address === undefined) return
    scene.notify(address, noun?.attributes.recordingStatusCallbackMethod, {
      ...recordingParams(scene, left, right),
      RecordingChannels: noun?.attributes.channels === "dual" ? "2" : "1",
      RecordingSource: "StartCallRecordingTwiML",
      RecordingStartTime: new Date(startedMs).toUTCString(),
      RecordingTrack: noun?.attributes.track ?? "both",
    })
  })
}
