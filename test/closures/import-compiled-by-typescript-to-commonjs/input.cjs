"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
Object.defineProperty(exports, "__esModule", { value: true });
exports.total = void 0;
const loud_1 = __importDefault(require("loud"));
const marked_1 = __importDefault(require("marked"));
const near_1 = require("./near.cjs");
exports.total = 3;
exports.default = () => [loud_1.default.shout('a'), marked_1.default, typeof near_1.near, exports.total];
