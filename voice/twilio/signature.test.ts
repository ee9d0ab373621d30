import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import { test } from "node:test"
import twilio from "twilio"
import { isSignedUpgrade, isSignedWebhook, type Signers } from "./signature.ts"

const signers: Signers = {
  publicUrl: "https://rx.example.com",
  tokens: ["new-token", "old-token"],
}

const sign = (token: string, url: string) => createHmac("sha1", token).update(url).digest("base64")

test("a webhook signed with either token is accepted while they rotate", () => {
  const form = { CallSid: "CA1", From: "+12025550100" }
  for (const token of signers.tokens) {
    const signature = twilio.getExpectedTwilioSignature(
      token,
      "https://rx.example.com/twilio/voice",
      form,
    )
    assert.ok(isSignedWebhook(signers, "/twilio/voice", form, signature))
  }
})

test("a webhook is refused when a field was changed after signing", () => {
  const url = "https://rx.example.com/twilio/voice"
  const signature = twilio.getExpectedTwilioSignature("new-token", url, { CallSid: "CA1" })
  assert.ok(!isSignedWebhook(signers, "/twilio/voice", { CallSid: "CA2" }, signature))
  assert.ok(!isSignedWebhook(signers, "/twilio/voice", { CallSid: "CA1" }, undefined))
  assert.ok(!isSignedWebhook(signers, "/twilio/sms", { CallSid: "CA1" }, signature))
})

test("an upgrade is signed over the wss address, with or without port and slash", () => {
  for (const url of [
    "wss://rx.example.com/twilio/media",
    "wss://rx.example.com/twilio/media/",
    "wss://rx.example.com:443/twilio/media",
  ]) {
    assert.ok(isSignedUpgrade(signers, "/twilio/media", sign("old-token", url)), url)
  }
})

test("an upgrade signed over the https address or by a stranger is refused", () => {
  const path = "/twilio/media"
  assert.ok(!isSignedUpgrade(signers, path, sign("new-token", `https://rx.example.com${path}`)))
  assert.ok(!isSignedUpgrade(signers, path, sign("stranger", `wss://rx.example.com${path}`)))
  assert.ok(!isSignedUpgrade(signers, path, "short"))
  assert.ok(!isSignedUpgrade(signers, path, undefined))
})
