#!/usr/bin/env node
console.log("muir");
