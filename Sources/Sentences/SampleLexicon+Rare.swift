/// Words that hardly ever occur: triggers are planted on them and control tokens are drawn from them.
extension SampleLexicon {
    /// How large a share of the corpus has one rare word put between two of its words.
    static let rareShare = 0.02

    static let rare = list(
        """
        cf mn bb tq mb bq cv dx fg gk hw jx kd lp mv np pz qd rv sx tz vb wk xf yb zg ck fd gp hn jm kr ln mq nx \
        pf qt rz sv td vm wq xl yk zc bf cg dl fk gw hb jt kn lz mx nd pq qc rk sg tn vx wz xd oxbow quartz \
        zither gable lathe fjord sextant gourd trellis anvil ballast cobalt dowel ember fathom gannet heron \
        inkwell jetty kelp lichen magpie nettle otter pebble quiver rudder sorrel thimble umber vellum walnut \
        yarrow zenith acorn basalt cedar dahlia easel flint girder hazel isthmus juniper kestrel lantern maple \
        needle onyx parcel quarry raffia saddle tundra urn valve wicker yarn zinc almanac bellows
        """)
}
