"""The keys that may come over from a stranger's PDF. A key that is not listed here does not."""

# Dictionaries whose keys are names that the instructions use.
RESOURCES = ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading")
# Resources that are used without being named.
DEFAULTS = frozenset({"DefaultGray", "DefaultRGB", "DefaultCMYK"})
RESERVED = frozenset(
    {
        *("JS", "JavaScript", "OpenAction", "AA", "Launch", "EmbeddedFile", "AcroForm", "XFA"),
        *("RichMedia", "Metadata", "EmbeddedFiles", "URI", "Names", "AF"),
    }
)

# Of forms, images and groups; of fonts; of graphics state, patterns, shadings, functions, colours.
_KEYS = """
    Type Subtype FormType BBox Matrix Group S CS I K Width Height ColorSpace
    BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts
    CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix
    Name FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent
    Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2
    FontFile3 CharSet Style CIDSet Length1 Length2 Length3 CMapName WMode UseCMap BaseEncoding
    Differences
    LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC
    PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background
    AntiAlias Domain Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
    FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds Alternate
    Colorants Process Components MixingHints Solidities DotGain WhitePoint BlackPoint Gamma
"""
KEYS = frozenset(_KEYS.split())
