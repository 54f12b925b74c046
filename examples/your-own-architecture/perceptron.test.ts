import { describeArchitecture } from "@muir/models/laws";
import { perceptron } from "./perceptron.js";

describeArchitecture(perceptron({ inputs: 4, hidden: 8, outputs: 2 }));
