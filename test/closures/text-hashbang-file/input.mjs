#!/usr/bin/env node
let n = 1
export default function () { return n }
